using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Mingling.Architecture.Tests;

/// <summary>
/// Reads a compiled assembly and lists which of our types uses which: bases, members, attributes, and everything that the code of a method
/// names. Nested and compiler-generated types count as the top-level type around them. Constants and <c>nameof</c> leave no trace in an assembly.
/// </summary>
internal sealed class AssemblyReferences
{
    private readonly MetadataReader _metadata;
    private readonly PEReader _image;
    private readonly SignatureNames _names;
    private readonly HashSet<TypeReference> _references = [];
    private TypeName _from;

    private AssemblyReferences(PEReader image) => (_image, _metadata, _names) = (image, image.GetMetadataReader(), new SignatureNames());

    /// <summary>Every reference between two different types whose namespaces begin with <paramref name="prefix"/>.</summary>
    public static IReadOnlyCollection<TypeReference> Read(string path, string prefix)
    {
        using var image = new PEReader(File.OpenRead(path));
        var reader = new AssemblyReferences(image);
        foreach (var handle in reader._metadata.TypeDefinitions) reader.ReadType(handle);
        return [.. reader._references.Where(reference => IsOurs(reference.From, prefix) && IsOurs(reference.To, prefix) && reference.From != reference.To)];
    }

    private static bool IsOurs(TypeName type, string prefix) =>
        type.Namespace == prefix || type.Namespace.StartsWith(prefix + ".", StringComparison.Ordinal);

    private void ReadType(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        _from = SignatureNames.Outermost(_metadata, handle);
        Add(type.BaseType);
        foreach (var implementation in type.GetInterfaceImplementations()) Add(_metadata.GetInterfaceImplementation(implementation).Interface);
        AddConstraints(type.GetGenericParameters());
        AddAttributes(type.GetCustomAttributes());
        foreach (var field in type.GetFields())
        {
            Add(_metadata.GetFieldDefinition(field).DecodeSignature(_names, null));
            AddAttributes(_metadata.GetFieldDefinition(field).GetCustomAttributes());
        }
        foreach (var property in type.GetProperties()) AddAttributes(_metadata.GetPropertyDefinition(property).GetCustomAttributes());
        foreach (var method in type.GetMethods()) ReadMethod(_metadata.GetMethodDefinition(method));
    }

    private void ReadMethod(MethodDefinition method)
    {
        Add(method.DecodeSignature(_names, null));
        AddConstraints(method.GetGenericParameters());
        AddAttributes(method.GetCustomAttributes());
        if (method.RelativeVirtualAddress == 0) return;
        var body = _image.GetMethodBody(method.RelativeVirtualAddress);
        foreach (var region in body.ExceptionRegions) Add(region.CatchType);
        if (!body.LocalSignature.IsNil) Add(_metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null).SelectMany(names => names));
        foreach (int token in MethodTokens.In(body.GetILBytes()!)) AddToken(MetadataTokens.EntityHandle(token));
    }

    private void AddToken(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                Add(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Add(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                Add(member.Parent);
                if (member.GetKind() == MemberReferenceKind.Field) Add(member.DecodeFieldSignature(_names, null));
                else Add(member.DecodeMethodSignature(_names, null));
                break;
            case HandleKind.MethodSpecification:
                var specification = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                AddToken(specification.Method);
                Add(specification.DecodeSignature(_names, null).SelectMany(names => names));
                break;
            default:
                Add(handle);
                break;
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes) AddToken(_metadata.GetCustomAttribute(attribute).Constructor);
    }

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var parameter in parameters)
            foreach (var constraint in _metadata.GetGenericParameter(parameter).GetConstraints())
                Add(_metadata.GetGenericParameterConstraint(constraint).Type);
    }

    private void Add(MethodSignature<ImmutableArray<TypeName>> signature)
    {
        Add(signature.ReturnType);
        Add(signature.ParameterTypes.SelectMany(names => names));
    }

    private void Add(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification when !handle.IsNil:
                Add(_names.Of(_metadata, handle));
                break;
        }
    }

    private void Add(IEnumerable<TypeName> names)
    {
        foreach (var name in names) _references.Add(new TypeReference(_from, name));
    }
}
