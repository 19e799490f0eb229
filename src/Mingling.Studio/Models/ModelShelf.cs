using System.Collections.Concurrent;
using Mingling.Recognition;
using Mingling.Recognition.Enrollment;
using Mingling.Recognition.Models;
using Mingling.Recognition.Streaming;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Models;

/// <summary>A model as the page shows it.</summary>
internal sealed record ModelView(string Name, long Bytes, string? Encoder, IReadOnlyList<string> Words, IReadOnlyList<string> Enrolled, double Threshold, CalibrationView? Calibration, bool CanStream, PageRemark? Problem);

/// <summary>What the thresholds of a model were set for.</summary>
internal sealed record CalibrationView(double FalseAlarmsPerHour, double Hours);

/// <summary>What came of an enrolment.</summary>
internal sealed record EnrollmentView(bool IsEnrolled, IReadOnlyList<PageRemark> Problems);

/// <summary>The model files of a studio, each loaded once for all live pages until its file changes.</summary>
internal sealed class ModelShelf(StudioFolder folder) : IDisposable
{
    private readonly ConcurrentDictionary<string, (DateTime Changed, long Length, Recognizer Recognizer)> _loaded = new(StringComparer.Ordinal);
    private readonly Lock _loading = new();

    public IReadOnlyList<ModelView> All() =>
        [.. Directory.EnumerateFiles(folder.Models, "*.onnx").Where(path => Path.GetFileName(path)[0] != '.').Order(StringComparer.Ordinal).Select(View)];

    /// <summary>The path of a model file.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public string PathOf(string? name)
    {
        string path = folder.Place(folder.Models, (name ?? "") + ".onnx");
        return File.Exists(path) ? path : throw StudioException.Missing("no-model", $"there is no model '{name}'.", name);
    }

    /// <summary>A model, ready for streams. It may be used until the next call for a changed file; streams keep what they opened.</summary>
    public Recognizer Load(string? name)
    {
        string path = PathOf(name);
        lock (_loading)
        {
            var file = new FileInfo(path);
            if (_loaded.TryGetValue(path, out var known))
            {
                if (known.Changed == file.LastWriteTimeUtc && known.Length == file.Length) return known.Recognizer;
                known.Recognizer.Dispose();
            }
            var recognizer = Recognizer.Load(path);
            _loaded[path] = (file.LastWriteTimeUtc, file.Length, recognizer);
            return recognizer;
        }
    }

    /// <summary>Opens a stream of a model; the caller disposes it.</summary>
    public CommandSpotter OpenStream(string? name, int sampleRate, Func<SpotterSettings, ModelCard, SpotterSettings> adjust)
    {
        lock (_loading)
        {
            var recognizer = Load(name);
            return recognizer.OpenStream(sampleRate, settings => adjust(settings, recognizer.Card));
        }
    }

    /// <summary>Adds a word to a model from recordings of it; the base encoder becomes a model of the given name.</summary>
    public EnrollmentView Enroll(string? model, string? name, string? word, IReadOnlyList<EnrollmentExample> examples, bool isForced)
    {
        bool isBase = string.IsNullOrEmpty(model);
        string source = isBase ? BaseModel.Name : PathOf(model), target = isBase ? folder.Place(folder.Models, StudioName.Check(name) + ".onnx") : source;
        if (isBase && File.Exists(target)) throw new StudioException("model-there", $"there is a model '{name}' already; add the word to it, or give another name.", name);
        string said = NameKey.Tidy(word ?? "");
        if (examples.Any(example => example.Clip.Samples.All(sample => sample == 0))) throw new StudioException("silent-take", "one of the recordings has no sound at all; say the word again.");
        if (!isBase)
        {
            var card = ModelFile.ReadCard(source);
            if (card.Classes.Concat(card.Enrolled.Select(enrolled => enrolled.Word)).FirstOrDefault(known => NameKey.Of(known) == NameKey.Of(said)) is { } same)
                throw new StudioException("word-in-model", $"the model knows the word '{same}' already; give the new one another name.", same);
        }
        try
        {
            EnrollmentResult result;
            using (var recognizer = Recognizer.Load(source))
            using (var spotting = recognizer.OpenSpottingModel())
                result = new WordEnroller(spotting, recognizer.Card).Enroll(said, examples);
            PageRemark[] problems = [.. result.Findings.Select(finding => WithNumber(finding, examples))];
            if (problems.Length > 0 && !isForced) return new EnrollmentView(false, problems);
            ModelFile.Update(source, card => EnrolledWords.Add(card, result.Word), target);
            return new EnrollmentView(true, problems);
        }
        catch (ArgumentException e)
        {
            throw new StudioException("said", ArgumentMessage.WithoutParameter(e));
        }
    }

    public void Forget(string? model, string? word)
    {
        try
        {
            ModelFile.Update(PathOf(model), card => EnrolledWords.Remove(card, word ?? ""));
        }
        catch (ArgumentException e)
        {
            throw new StudioException("said", ArgumentMessage.WithoutParameter(e));
        }
    }

    public void Delete(string? name)
    {
        string path = PathOf(name);
        new Trash(folder).Take(path, "", Path.GetFileName(path), null);
        if (_loaded.TryRemove(path, out var known)) known.Recognizer.Dispose();
    }

    public void Dispose()
    {
        foreach (var known in _loaded.Values) known.Recognizer.Dispose();
        _loaded.Clear();
    }

    /// <summary>The example is told by its number, for which each language has its own words.</summary>
    private static PageRemark WithNumber(EnrollmentFinding finding, IReadOnlyList<EnrollmentExample> examples)
    {
        var remark = PageRemark.Of(finding.Remark);
        int number = examples.Select(example => example.Name).ToList().IndexOf(finding.Subject) + 1;
        return number == 0 || remark.Values is null ? remark
            : remark with { Values = new Dictionary<string, object>(remark.Values) { ["example"] = PageRemark.Of(new Remark("enroll.example", finding.Subject, ("n", number))) } };
    }

    private static ModelView View(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        long bytes = new FileInfo(path).Length;
        try
        {
            var card = ModelFile.ReadCard(path);
            return new ModelView(name, bytes, card.Encoder, [.. card.Classes.Where(Vocabulary.IsCommand)], [.. card.Enrolled.Select(word => word.Word)], SpotterSettings.FromCard(card).Decision.Threshold,
                card.Calibration is { } calibration ? new CalibrationView(calibration.FalseAlarmsPerHour, calibration.Hours) : null, card.Input == ModelInput.Features, null);
        }
        catch (ModelException e)
        {
            return new ModelView(name, bytes, null, [], [], 0, null, false, PageRemark.Of(e));
        }
    }
}
