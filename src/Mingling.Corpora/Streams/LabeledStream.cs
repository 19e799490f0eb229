using Mingling.Audio;

namespace Mingling.Corpora.Streams;

/// <summary>Makes long labelled streams from recordings. The same request and recordings give the same bytes.</summary>
/// <remarks>
/// (1) Commands and other speech are put into random order. (2) Of each recording the spoken stretch is heard, with 100 ms on either side that
/// fade in and out, brought to −26 dBFS, which leaves room for peaks (less where the noise is louder). (3) A share of them gets the echo of a room.
/// (4) Pauses are drawn evenly from their range. (5) Noise runs through everything. One recording is in memory at a time, however long the stream.
/// </remarks>
public static class LabeledStream
{
    private const double SpeechDb = -26;

    // Less is no recording of a word; of as many as would not fit even so there is no need to draw an order.
    private const double ShortestUtterance = 0.05;

    // Every draw has a stream of its own, so that a change of one leaves the others as they are.
    private const ulong OrderDraw = 1, CommandDraw = 2, PhraseDraw = 3, NoiseDraw = 4, PlaceDraw = 5;

    /// <summary>Writes a stream as a 16-bit WAV file, and its labels: each whole or not at all, and both on the disk before the first takes its name.</summary>
    /// <param name="request">What it is made of.</param>
    /// <param name="path">The WAV file.</param>
    /// <param name="labelsPath">The labels (<see cref="StreamLabel.Table"/>).</param>
    /// <param name="cancellationToken">Ends the work; nothing is written then.</param>
    /// <exception cref="ArgumentException">The request is out of range.</exception>
    /// <exception cref="CorpusException">There is nothing to say, recordings cannot be used, or the stream is longer than a WAV file can be.</exception>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static StreamSummary Write(StreamRequest request, string path, string labelsPath, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(labelsPath);
        StreamSummary? summary = null;
        OutputFile.WriteBoth(path, file => summary = Write(request, file, cancellationToken), labelsPath, () => StreamLabel.Table(summary!.Labels));
        return summary!;
    }

    /// <summary>Writes a stream as a 16-bit WAV file.</summary>
    /// <param name="request">What it is made of.</param>
    /// <param name="file">A seekable stream; stays open.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was said where.</returns>
    /// <inheritdoc cref="Write(StreamRequest, string, string, CancellationToken)" path="/exception"/>
    public static StreamSummary Write(StreamRequest request, Stream file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        // Where the noise is above the speech, it is the noise that must fit.
        double speechDb = SpeechDb + Math.Min(0, request.SnrDb), speechRms = Math.Pow(10, speechDb / 20);
        List<CorpusProblem> problems = [];
        var noise = request.Noise.Count == 0 ? null : new NoiseBed(request, Math.Pow(10, (speechDb - request.SnrDb) / 20), Draw(request, NoiseDraw), problems);
        var commands = Supply(request, request.Commands, CommandDraw, speechRms, recurs: request.CommandCount is not null);
        var phrases = Supply(request, request.Phrases, PhraseDraw, speechRms, recurs: request.PhraseHours is not null);
        var writer = new WavPieceWriter(file, request.SampleRate);
        if ((request.CommandCount ?? request.Commands.Count) * (ShortestUtterance + request.ShortestPause) > Seconds(writer.Capacity)) throw TooLong();
        bool[] isCommand = Order(request, PhraseCount(request, speechRms, cancellationToken));

        var labels = new List<StreamLabel>();
        for (int i = 0; i < isCommand.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((isCommand[i] ? commands : phrases).Next() is not { } utterance) continue;
            var random = new SeededRandom(SeededRandom.Derive(Draw(request, PlaceDraw), (ulong)i));
            Add(new float[Samples(request.ShortestPause + ((request.LongestPause - request.ShortestPause) * random.NextDouble()))]);
            if (random.NextDouble() < request.RoomShare) utterance = utterance.InRoom(request.SampleRate, random);
            double start = Seconds(writer.Samples + utterance.Start), end = Seconds(writer.Samples + utterance.Start + utterance.Length);
            labels.Add(new StreamLabel(start, end, isCommand[i] ? utterance.Clip.Label : CorpusClip.UnknownLabel));
            Add(utterance.Samples);
        }

        Add(new float[Samples(request.LongestPause)]);
        writer.Complete();
        return new StreamSummary(Seconds(writer.Samples), labels, [.. problems, .. commands.Problems, .. phrases.Problems]);

        void Add(float[] samples)
        {
            if (samples.Length > writer.Capacity - writer.Samples) throw TooLong();
            noise?.AddTo(samples);
            writer.Write(samples);
        }

        CorpusException TooLong() =>
            new($"The stream would be longer than the {Seconds(writer.Capacity) / 3600:0} hours that a WAV file of {request.SampleRate} Hz holds; ask for less and another seed for the rest.");

        double Seconds(long samples) => (double)samples / request.SampleRate;

        int Samples(double seconds) => (int)(seconds * request.SampleRate);
    }

    /// <summary>How many phrases last as long as was asked for: they are cut once to find out, and then again when they are said.</summary>
    private static int PhraseCount(StreamRequest request, double speechRms, CancellationToken cancellationToken)
    {
        if (request.PhraseHours is not { } hours) return request.Phrases.Count;
        var supply = Supply(request, request.Phrases, PhraseDraw, speechRms, recurs: true);
        int count = 0;
        for (double left = hours * 3600; left > 0; count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            left -= (double)supply.Next()!.Length / request.SampleRate;
        }

        return count;
    }

    private static bool[] Order(StreamRequest request, int phrases)
    {
        int commands = request.CommandCount ?? request.Commands.Count;
        return [.. SeededRandom.Permutation(commands + phrases, Draw(request, OrderDraw)).Select(place => place < commands)];
    }

    private static UtteranceSupply Supply(StreamRequest request, IReadOnlyList<CorpusClip> clips, ulong draw, double rms, bool recurs) =>
        new(clips, request, Draw(request, draw), rms, recurs);

    private static ulong Draw(StreamRequest request, ulong draw) => SeededRandom.Derive(request.Seed, draw);
}

/// <summary>What a labelled stream holds.</summary>
/// <param name="Seconds">Its length.</param>
/// <param name="Labels">What is said, in the order of time.</param>
/// <param name="Problems">The recordings that could not be used.</param>
public sealed record StreamSummary(double Seconds, IReadOnlyList<StreamLabel> Labels, IReadOnlyList<CorpusProblem> Problems)
{
    /// <summary>The commands that are said.</summary>
    public int Commands => Labels.Count(IsCommand);

    /// <summary>The pieces of other speech.</summary>
    public int Phrases => Labels.Count - Commands;

    /// <summary>How long commands are said, in hours.</summary>
    public double CommandHours => Labels.Where(IsCommand).Sum(label => label.End - label.Start) / 3600;

    /// <summary>How long other speech is said, in hours.</summary>
    public double PhraseHours => (Labels.Sum(label => label.End - label.Start) / 3600) - CommandHours;

    private static bool IsCommand(StreamLabel label) => label.Word != CorpusClip.UnknownLabel;
}
