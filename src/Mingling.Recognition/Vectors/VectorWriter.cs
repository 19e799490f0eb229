using System.Globalization;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;

namespace Mingling.Recognition.Vectors;

/// <summary>Runs a recogniser on sounds and writes what it computes into a folder.</summary>
internal sealed class VectorWriter(Recognizer recognizer, string folder, VectorSettings settings)
{
    public const string ModelName = "model.onnx";

    private readonly ModelCard _card = recognizer.Card;
    private readonly ClipFeaturizer _featurizer = new(recognizer.Window);

    public VectorSet Write(IReadOnlyList<AudioClip> sounds)
    {
        string? refusal = Refusal();
        var streams = new List<StreamVector>();
        var clips = new List<ClipVector>();
        double? hopMs = null;
        for (int i = 0; i < sounds.Count; i++)
        {
            foreach (int rate in settings.Rates)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{i + 1:00}-{rate}");
                // What is in the file is what everyone hears: 16 bits.
                WavWriter.Write(In($"{name}.wav"), Resampler.Resample(sounds[i], rate));
                var sound = AudioFile.Read(In($"{name}.wav"));
                if (refusal is null) streams.Add(Stream(name, sound, SeededRandom.Derive(settings.Seed, (ulong)i, (ulong)rate), out hopMs));
                clips.Add(Clip(name, sound));
            }
        }
        string[] streamClasses = refusal is null ? [.. _card.Classes, .. _card.Enrolled.Select(enrolled => enrolled.Word)] : [];
        double windowMs = 1000.0 * recognizer.Window.Samples / recognizer.SampleRate;
        return new VectorSet(
            VectorSet.FormatName, VectorSet.CurrentVersion, ModelName, recognizer.SampleRate, hopMs, windowMs, _card.Classes, streamClasses, refusal, streams, clips);
    }

    /// <summary>Why the model cannot be used for streams; null where it can.</summary>
    private string? Refusal()
    {
        if (_card.Enrolled.Count == 0 && !_card.Classes.Any(Vocabulary.IsCommand)) return "the model has no command to detect; enroll a word first.";
        try
        {
            recognizer.OpenSpottingModel().Dispose();
            return null;
        }
        catch (ModelException e)
        {
            return e.Message;
        }
    }

    private StreamVector Stream(string name, AudioClip sound, ulong seed, out double? hopMs)
    {
        string features = $"{name}.features.f32", posteriors = $"{name}.posteriors.f32";
        int[] pieces = TestVectors.Pieces(seed, settings.LongestPiece);
        var events = new List<CommandEvent>();
        using var spotter = recognizer.OpenStream(sound.SampleRate);
        using var recorder = new StreamRecorder(In(features), In(posteriors));
        spotter.Observer = recorder;
        hopMs = spotter.HopMs;
        for (int at = 0, piece = 0; at < sound.Samples.Length; piece++)
        {
            int length = Math.Min(pieces[piece % pieces.Length], sound.Samples.Length - at);
            spotter.Push(sound.Samples.AsSpan(at, length));
            at += length;
            Read();
        }
        spotter.Complete();
        Read();
        int classes = _card.Classes.Count + _card.Enrolled.Count;
        return new StreamVector(
            name, $"{name}.wav", sound.SampleRate, sound.Samples.Length, pieces,
            new FrameValues(features, recorder.Frames, recognizer.Window.Bins),
            new StepValues(posteriors, recorder.Times.Count, classes, recorder.Times, spotter.Evaluations), events);

        void Read()
        {
            while (spotter.TryRead(out var heard)) events.Add(heard);
        }
    }

    private ClipVector Clip(string name, AudioClip sound)
    {
        float[] samples = Resampler.Resample(sound, recognizer.SampleRate).Samples;
        var result = recognizer.Recognize(samples);
        FrameValues? features = null;
        if (_card.Input == ModelInput.Features)
        {
            features = new FrameValues($"{name}.clip.f32", recognizer.Window.Frames, recognizer.Window.Bins);
            FloatFile.Write(In(features.File), _featurizer.Compute(samples));
        }
        return new ClipVector(
            name, $"{name}.wav", sound.SampleRate, features, result.Embedding, result.Posteriors, result.Word, result.Best, result.Score, result.IsEnrolled);
    }

    private string In(string file) => Path.Combine(folder, file);
}
