namespace Mingling.MetricLearning.Tests.Native;

public class ElfImageTests
{
    // The first stands in every Linux program; the others were computed by a separate program from the ABI's text.
    [Theory]
    [InlineData("GLIBC_2.2.5", 0x09691a75u)]
    [InlineData("GLIBCXX_3.4.32", 0x0297f842u)]
    [InlineData("GLIBCXX_3.4.20", 0x0297f870u)]
    [InlineData("CXXABI_1.3", 0x056bafd3u)]
    [InlineData("printf", 0x077905a6u)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0x00067771u)]
    [InlineData("", 0u)]
    public void ElfHash_known_name_gives_its_hash(string name, uint expected) => ElfImage.ElfHash(name).ShouldBe(expected);

    [LinuxFact]
    public void ElfHash_of_each_version_in_a_real_library_is_the_hash_stored_beside_it()
    {
        var versions = new BridgeFile(File.ReadAllBytes(BridgeFile.Path)).Versions;

        versions.Count.ShouldBeGreaterThan(20);
        foreach (var version in versions) ElfImage.ElfHash(version.Name).ShouldBe(version.Hash, version.Name);
    }

    [LinuxFact]
    public void RenameImport_unknown_or_defined_symbol_changes_nothing()
    {
        byte[] bytes = File.ReadAllBytes(BridgeFile.Path);
        var image = new ElfImage(bytes);

        image.RenameImport("no_such_symbol", "other").ShouldBeFalse();
        image.RenameImport("THSTensor_add", "THSTensor_sub").ShouldBeFalse("the bridge defines it itself");
        image.ReplaceNeededVersion("GLIBCXX_9.9.99", "GLIBCXX_3.4").ShouldBeFalse();
        bytes.ShouldBe(File.ReadAllBytes(BridgeFile.Path));
    }

    [LinuxFact]
    public void RenameImport_longer_name_is_refused() =>
        Should.Throw<ArgumentException>(() =>
            new ElfImage(File.ReadAllBytes(BridgeFile.Path)).RenameImport(BridgeFile.NewGuard, BridgeFile.NewGuard + "x"));
}
