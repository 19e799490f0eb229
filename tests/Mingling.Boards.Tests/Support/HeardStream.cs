using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Mingling.Audio;
using Mingling.Recognition.Streaming;
using Mingling.Recognition.Vectors;

namespace Mingling.Boards.Tests.Support;

/// <summary>What a compiled spotter told of a stream.</summary>
internal sealed record HeardStream(float[] Features, float[] Scores, IReadOnlyList<string[]> Events)
{
    /// <summary>Lets a compiled harness hear a stream of test vectors.</summary>
    public static HeardStream Of(string program, string vectors, StreamVector stream)
    {
        string folder = Path.GetDirectoryName(program)!;
        WriteRaw(Path.Combine(folder, "sound.raw"), Path.Combine(vectors, stream.Sound));
        Toolchain.Run(folder, program, ["sound.raw", "features", "scores", "events", .. stream.Pieces.Select(size => size.ToString(CultureInfo.InvariantCulture))]);
        return Read(folder);
    }

    /// <summary>Reads what a program wrote.</summary>
    public static HeardStream Read(string folder) => new(
        Floats(Path.Combine(folder, "features")), Floats(Path.Combine(folder, "scores")),
        [.. File.ReadAllLines(Path.Combine(folder, "events")).Select(line => line.Split('\t'))]);

    /// <summary>The samples of a sound as raw 16-bit numbers.</summary>
    public static void WriteRaw(string path, string sound)
    {
        short[] samples = [.. AudioFile.Read(sound).Samples.Select(sample => (short)MathF.Round(sample * 32768))];
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<short>(samples));
    }

    /// <summary>The streams of test vectors.</summary>
    public static VectorSet ReadVectors(string folder) =>
        JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(folder, "vectors.json")), VectorSetJson.Readable.Context.VectorSet)!;

    /// <summary>Floats of a file.</summary>
    public static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

    /// <summary>Requires the frames, the scores and the events of .NET.</summary>
    public void ShouldBe(string vectors, StreamVector stream, double features = 1e-5, double scores = 1e-4)
    {
        Largest(Floats(Path.Combine(vectors, stream.Features.File)), Features).ShouldBeLessThan(features, stream.Name);
        Largest(Floats(Path.Combine(vectors, stream.Posteriors.File)), Scores).ShouldBeLessThan(scores, stream.Name);
        Events.Count.ShouldBe(stream.Events.Count, stream.Name);
        foreach (var (heard, expected) in Events.Zip(stream.Events)) ShouldBe(heard, expected);
    }

    private static void ShouldBe(string[] heard, CommandEvent expected)
    {
        heard[0].ShouldBe(expected.Word);
        double[] numbers = [.. heard[1..].Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        numbers[0].ShouldBe(expected.Time, 1e-6);
        numbers[1].ShouldBe(expected.Start, 1e-6);
        numbers[2].ShouldBe(expected.End, 1e-6);
        numbers[3].ShouldBe(expected.Score, 1e-4);
        numbers[4].ShouldBe(expected.FalseAlarmsPerHour ?? -1, 1e-6);
    }

    public static double Largest(float[] expected, float[] found)
    {
        found.Length.ShouldBe(expected.Length);
        double largest = 0;
        for (int i = 0; i < found.Length; i++) largest = Math.Max(largest, Math.Abs((double)expected[i] - found[i]));
        return largest;
    }
}
