using System.Globalization;

namespace Mingling.Corpora.Speech;

/// <summary>One clip of a synthetic corpus.</summary>
internal sealed record PlannedClip(string File, string Label, string Text, string Voice, SpeakSettings Settings, ulong Seed);

/// <summary>Decides what is said by whom and how: the whole corpus but its sound.</summary>
internal sealed class SynthesisPlan
{
    private const double Slowest = 80, Fastest = 260;
    private readonly List<PlannedClip> _clips = [];
    private readonly SynthesisRequest _request;

    private SynthesisPlan(SynthesisRequest request) => _request = request;

    /// <summary>The clips.</summary>
    public IReadOnlyList<PlannedClip> Clips => _clips;

    /// <summary>The words that have fewer pseudo-words than were wanted.</summary>
    public List<string> Notes { get; } = [];

    public static SynthesisPlan Make(EspeakNg espeak, SynthesisRequest request, CancellationToken cancellation)
    {
        var plan = new SynthesisPlan(request);
        foreach (var word in request.Words) plan.Add(word.Label, request.ClipsPerWord, (_, _) => word.Text);
        if (request.NearWords > 0) plan.AddNearWords(espeak, cancellation);
        return plan;
    }

    private void AddNearWords(EspeakNg espeak, CancellationToken cancellation)
    {
        string[] commands = [.. _request.Words.Where(word => word.Label != CorpusClip.UnknownLabel).Select(word => word.Text).Distinct()];
        string[] voices = [.. _request.Voices.Select(BaseOf).Distinct()];
        var makers = voices.ToDictionary(voice => voice, voice => new NearWords(espeak, espeak.VoiceOf(voice).Id, commands, cancellation));
        int turns = (_request.ClipsPerWord + _request.NearWords - 1) / _request.NearWords;
        foreach (string command in commands)
        {
            ulong seed = Seed(0);
            var near = voices.ToDictionary(voice => voice, voice => makers[voice].Of(command, _request.NearWords, seed, cancellation));
            int fewest = near.Values.Min(words => words.Count);
            if (fewest < _request.NearWords) Notes.Add($"There are only {fewest} near words for '{command}'.");
            if (fewest > 0)
                Add(CorpusClip.UnknownLabel, turns * _request.NearWords, (voice, k) => near[BaseOf(voice)] is var words ? words[k % words.Count] : "");
        }
    }

    /// <summary>Adds clips of one word: the speakers take turns in an order of its own.</summary>
    private void Add(string label, int count, Func<string, int, string> text)
    {
        int[] order = SeededRandom.Permutation(_request.Voices.Count, Seed(0));
        for (int k = 0; k < count; k++)
        {
            ulong seed = Seed(1);
            var random = new SeededRandom(seed);
            string voice = _request.Voices[order[k % order.Length]];
            var settings = new SpeakSettings
            {
                SpeedWordsPerMinute = (int)Math.Round(Slowest * Math.Pow(Fastest / Slowest, random.NextDouble())),
                Pitch = random.Next(25, 76),
                Amplitude = random.Next(40, 111),
            };
            string number = _clips.Count.ToString("00000", CultureInfo.InvariantCulture);
            _clips.Add(new PlannedClip($"{FileNamePart.Whole(label, '_')}/{FileNamePart.Of(voice, '_')}_{number}.wav", label, text(voice, k), voice, settings, (ulong)random.NextInt64()));
        }
    }

    private ulong Seed(ulong kind) => SeededRandom.Derive((ulong)_request.Seed, (ulong)_clips.Count, kind);

    private static string BaseOf(string voice) => voice.Split('+')[0];
}
