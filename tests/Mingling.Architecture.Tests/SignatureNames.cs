using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Mingling.Architecture.Tests;

/// <summary>Turns a signature into the top-level types that it names.</summary>
internal sealed class SignatureNames : ISignatureTypeProvider<ImmutableArray<TypeName>, object?>
{
    /// <summary>The top-level types behind a handle to a type.</summary>
    public ImmutableArray<TypeName> Of(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => [Outermost(reader, (TypeDefinitionHandle)handle)],
        HandleKind.TypeReference => [Outermost(reader, (TypeReferenceHandle)handle)],
        HandleKind.TypeSpecification => reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        _ => [],
    };

    /// <summary>The type that a definition lies in, or the definition itself.</summary>
    public static TypeName Outermost(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = reader.GetTypeDefinition(type.GetDeclaringType());
        return new TypeName(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    private static TypeName Outermost(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference) type = reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return new TypeName(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public ImmutableArray<TypeName> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [Outermost(reader, handle)];

    public ImmutableArray<TypeName> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [Outermost(reader, handle)];

    public ImmutableArray<TypeName> GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle, byte rawTypeKind) => Of(reader, handle);

    public ImmutableArray<TypeName> GetGenericInstantiation(ImmutableArray<TypeName> generic, ImmutableArray<ImmutableArray<TypeName>> arguments) =>
        [.. generic, .. arguments.SelectMany(names => names)];

    public ImmutableArray<TypeName> GetFunctionPointerType(MethodSignature<ImmutableArray<TypeName>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(names => names)];

    public ImmutableArray<TypeName> GetModifiedType(ImmutableArray<TypeName> modifier, ImmutableArray<TypeName> unmodified, bool isRequired) => unmodified;

    public ImmutableArray<TypeName> GetArrayType(ImmutableArray<TypeName> element, ArrayShape shape) => element;

    public ImmutableArray<TypeName> GetByReferenceType(ImmutableArray<TypeName> element) => element;

    public ImmutableArray<TypeName> GetPinnedType(ImmutableArray<TypeName> element) => element;

    public ImmutableArray<TypeName> GetPointerType(ImmutableArray<TypeName> element) => element;

    public ImmutableArray<TypeName> GetSZArrayType(ImmutableArray<TypeName> element) => element;

    public ImmutableArray<TypeName> GetGenericMethodParameter(object? context, int index) => [];

    public ImmutableArray<TypeName> GetGenericTypeParameter(object? context, int index) => [];

    public ImmutableArray<TypeName> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];
}
