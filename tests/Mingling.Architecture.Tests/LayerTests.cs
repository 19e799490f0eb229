using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Mingling.Architecture.Tests;

public class LayerTests
{
    public static TheoryData<string> Assemblies => [.. Layers.Projects.Select(project => project.Assembly)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_of_a_project_refer_to_each_other_in_one_direction(string assembly)
    {
        var cycle = NamespaceCycles.Find(References(assembly));
        cycle.ShouldBeEmpty($"namespaces of {assembly} refer to each other in a circle:\n{string.Join('\n', cycle)}");
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Project_refers_only_to_what_the_table_allows(string assembly)
    {
        var project = Layers.Projects.Single(project => project.Assembly == assembly);
        using var image = new PEReader(File.OpenRead(Layers.PathOf(project)));
        var metadata = image.GetMetadataReader();
        string[] forbidden =
        [
            .. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                .Where(name => !IsOfDotNet(name) && !project.MayReference.Contains(name)),
        ];
        forbidden.ShouldBeEmpty($"{assembly} refers to {string.Join(", ", forbidden.Select(name => $"{name} ({string.Join(", ", Users(metadata, name))})"))}");
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Types_of_a_project_lie_under_its_namespace(string assembly)
    {
        var project = Layers.Projects.Single(project => project.Assembly == assembly);
        using var image = new PEReader(File.OpenRead(Layers.PathOf(project)));
        var metadata = image.GetMetadataReader();
        metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => type.GetDeclaringType().IsNil && type.Attributes.HasFlag(System.Reflection.TypeAttributes.Public))
            .Select(type => metadata.GetString(type.Namespace))
            .ShouldAllBe(name => name == project.Root || name.StartsWith(project.Root + ".", StringComparison.Ordinal));
    }

    [Fact]
    public void Folders_of_training_use_those_below_them()
    {
        const string root = "Mingling.Training.";
        string[] upward =
        [
            .. from reference in References("Mingling.Training")
               let lower = Layer(reference.From)
               let higher = Layer(reference.To)
               where lower >= 0 && higher > lower
               select $"{reference.From} uses {reference.To}",
        ];
        upward.ShouldBeEmpty(string.Join('\n', upward));

        static int Layer(TypeName type) => type.Namespace.StartsWith(root, StringComparison.Ordinal)
            ? Layers.OfTraining.ToList().IndexOf(type.Namespace[root.Length..].Split('.')[0]) : -1;
    }

    [Fact]
    public void Cycle_is_found_and_named_by_its_types()
    {
        TypeReference[] references =
        [
            new(new("A", "One"), new("B", "Two")), new(new("B", "Two"), new("C", "Three")), new(new("C", "Three"), new("A", "One")),
            new(new("A", "One"), new("D", "Four")),
        ];
        NamespaceCycles.Find(references).ShouldBe(["A.One uses B.Two", "B.Two uses C.Three", "C.Three uses A.One"]);
        NamespaceCycles.Find([.. references.Skip(1)]).ShouldBeEmpty();
    }

    private static IReadOnlyCollection<TypeReference> References(string assembly)
    {
        var project = Layers.Projects.Single(project => project.Assembly == assembly);
        var references = AssemblyReferences.Read(Layers.PathOf(project), project.Root);
        // Mingling.Core is the root of all names: whatever lies deeper belongs to others.
        return project.Root == "Mingling" ? [.. references.Where(reference => reference.To.Namespace == "Mingling")] : references;
    }

    private static bool IsOfDotNet(string assembly) =>
        assembly is "netstandard" or "mscorlib" || assembly.StartsWith("Microsoft.Win32.", StringComparison.Ordinal)
        || (assembly.StartsWith("System.", StringComparison.Ordinal) && assembly != "System.CommandLine");

    /// <summary>Types of an assembly that is referred to, as a hint where to look.</summary>
    private static IEnumerable<string> Users(MetadataReader metadata, string assembly) => metadata.TypeReferences.Select(metadata.GetTypeReference)
        .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference
            && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == assembly)
        .Select(type => metadata.GetString(type.Name)).Take(5);
}
