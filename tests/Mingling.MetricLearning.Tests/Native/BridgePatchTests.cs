using System.Buffers.Binary;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using CsCheck;

namespace Mingling.MetricLearning.Tests.Native;

[SupportedOSPlatform("linux")]
public class BridgePatchTests
{
    private const int SectionTableOffset = 0x28;

    private readonly byte[] _original = File.Exists(BridgeFile.Path) ? File.ReadAllBytes(BridgeFile.Path) : [];

    [LinuxFact]
    public void Patch_real_bridge_changes_the_symbol_the_version_and_its_hash_alone()
    {
        var before = new BridgeFile(_original);
        int symbol = before.OffsetOf(BridgeFile.NewGuard), version = before.OffsetOf(BridgeFile.NewVersion);
        int hash = before.Versions.Single(v => v.Name == BridgeFile.NewVersion).Offset;
        (int Start, int Length)[] places =
            [(symbol, BridgeFile.NewGuard.Length), (version, BridgeFile.NewVersion.Length), (hash, sizeof(uint))];

        byte[] patched = LinuxLibTorch.Patch(_original);

        patched.Length.ShouldBe(_original.Length);
        int[] changed = [.. Enumerable.Range(0, patched.Length).Where(i => patched[i] != _original[i])];
        foreach (var (start, length) in places) changed.ShouldContain(i => i >= start && i < start + length);
        changed.ShouldAllBe(i => places.Any(p => i >= p.Start && i < p.Start + p.Length));
    }

    [LinuxFact]
    public void Patch_real_bridge_asks_for_older_names_and_for_all_others_as_before()
    {
        BridgeFile before = new(_original), after = new(LinuxLibTorch.Patch(_original));

        after.Names.Count.ShouldBe(before.Names.Count);
        before.Names.Zip(after.Names).Where(pair => pair.First != pair.Second)
            .ShouldHaveSingleItem().ShouldBe((BridgeFile.NewGuard, "_ZSt13get_terminatev"));
        after.Versions.Select(v => v.Name).ShouldBe(
            before.Versions.Select(v => v.Name == BridgeFile.NewVersion ? "GLIBCXX_3.4.20" : v.Name));
        after.Versions.Count(v => v.Name == "GLIBCXX_3.4.20" && v.Hash == 0x0297f870).ShouldBe(2);
        after.Versions.ShouldAllBe(v => v.Hash == ElfImage.ElfHash(v.Name));
    }

    [LinuxFact]
    public void Patch_leaves_its_argument_and_the_file_of_the_package_alone()
    {
        byte[] hash = SHA256.HashData(_original);

        LinuxLibTorch.Patch(_original);

        SHA256.HashData(_original).ShouldBe(hash);
        SHA256.HashData(File.ReadAllBytes(BridgeFile.Path)).ShouldBe(hash);
    }

    [LinuxFact]
    public void Patch_twice_is_refused_because_nothing_is_left_to_adapt() => ShouldBeRefused(LinuxLibTorch.Patch(_original));

    [LinuxFact]
    public void Patch_what_is_no_such_library_is_refused()
    {
        ShouldBeRefused([]);
        ShouldBeRefused("not a library"u8.ToArray());
        ShouldBeRefused(new byte[4096]);
        ShouldBeRefused(With(_original, 4, 1)); // 32 bits
        ShouldBeRefused(With(_original, 5, 2)); // big-endian
        ShouldBeRefused(With(_original, 0x3C, 0, 0)); // no sections
        ShouldBeRefused(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(BridgeFile.Path)!, "libc10.so"))); // another library
    }

    [LinuxFact]
    public void Patch_truncated_bridge_is_refused() =>
        Gen.Int[0, _original.Length - 1].Sample(length => ShouldBeRefused(_original[..length]), iter: 100, threads: 1);

    [LinuxFact]
    public void Patch_version_chain_without_end_is_refused()
    {
        // Every distance to the next version is one that leads back, or that is 0 before the wanted version is reached.
        int first = new BridgeFile(_original).Versions[0].Offset - 16;
        ShouldBeRefused(With(_original, first + 12, 0xf0, 0xff, 0xff, 0xff));
        ShouldBeRefused(With(_original, first + 12, 0, 0, 0, 0));
    }

    [LinuxFact]
    public void Patch_damaged_bridge_succeeds_or_is_refused_in_one_sentence()
    {
        var bridge = new BridgeFile(_original);
        int sections = (int)BinaryPrimitives.ReadInt64LittleEndian(_original.AsSpan(SectionTableOffset));
        int versions = bridge.Versions[0].Offset - 16;
        var offset = Gen.OneOf(
            Gen.Int[0, 63], Gen.Int[sections, _original.Length - 1], Gen.Int[versions, bridge.Versions[^1].Offset + 15],
            Gen.Int[bridge.Symbols, bridge.Symbols + 483 * 24], Gen.Int[0, _original.Length - 1]);
        int refused = 0;

        Gen.Select(offset, Gen.Byte).Array[1, 8].Sample(flips =>
        {
            byte[] damaged = [.. _original];
            foreach (var (at, value) in flips) damaged[at] = value;
            try
            {
                LinuxLibTorch.Patch(damaged).Length.ShouldBe(damaged.Length);
            }
            catch (TorchRuntimeException e)
            {
                refused++;
                ShouldBeOneSentence(e.Message);
            }
        }, iter: 1000, threads: 1);

        refused.ShouldBeGreaterThan(50, "the damage should hit what the loader reads");
    }

    private static byte[] With(byte[] bytes, int at, params byte[] values)
    {
        byte[] changed = [.. bytes];
        values.CopyTo(changed, at);
        return changed;
    }

    private static void ShouldBeRefused(byte[] bytes)
    {
        string message = Should.Throw<TorchRuntimeException>(() => LinuxLibTorch.Patch(bytes)).Message;
        message.ShouldContain("libLibTorchSharp.so");
        ShouldBeOneSentence(message);
    }

    private static void ShouldBeOneSentence(string message)
    {
        message.ShouldEndWith(".");
        message.ShouldNotContain(". ");
        message.ShouldNotContain("\n");
    }
}
