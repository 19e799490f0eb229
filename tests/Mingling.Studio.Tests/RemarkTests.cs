using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mingling.Corpora.Inspection;
using Mingling.Corpora.Layouts;
using Mingling.Corpora.Phonetics;
using Mingling.Studio.Folders;
using Mingling.Tests.Shared;

namespace Mingling.Studio.Tests;

/// <summary>What the libraries say can be said in every language of the page: by codes and values.</summary>
public sealed partial class RemarkTests
{
    private static readonly string[] Assemblies = ["Mingling.Audio", "Mingling.Corpora", "Mingling.Recognition", "Mingling.MetricLearning", "Mingling.Training", "Mingling.Studio", "mingling"];

    [Fact]
    public void Every_code_of_the_libraries_has_a_text()
    {
        var english = TextTests.Texts("en");
        var codes = Assemblies.SelectMany(name => Strings(Path.Combine(AppContext.BaseDirectory, name + ".dll"))).Where(text => Code().IsMatch(text)).Distinct().Order().ToList();
        codes.Count.ShouldBeGreaterThan(90);
        foreach (string code in codes.Except(["run.json", "run.lock", "model.onnx", "train.csv"])) english.ShouldContainKey($"said.{code}");
    }

    [Fact]
    public void Every_code_of_a_refusal_has_a_text()
    {
        var english = TextTests.Texts("en");
        // Those of the start are told by the command, and "said" brings its own remark.
        string[] others = ["folder", "in-use", "port", "said", "unexpected"];
        var codes = Directory.EnumerateFiles(Path.Combine(SampleClips.Folder, "../../src/Mingling.Studio"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Refusal().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).Distinct().Except(others).ToList();
        codes.Count.ShouldBeGreaterThan(40);
        foreach (string code in codes) english.ShouldContainKey($"error.{code}");
    }

    [Fact]
    public void Remarks_bring_all_values_that_their_texts_name()
    {
        using var folder = new TemporaryFolder();
        // Much that can be wrong with recordings at once.
        foreach (string word in new[] { "on", "off" }) Directory.CreateDirectory(folder[word]);
        for (int i = 0; i < 8; i++) File.Copy(SampleClips.Of("start")[i], folder[$"on/mia_{i}.wav"]);
        File.Copy(SampleClips.Of("start")[0], folder["off/mia_1.wav"]);
        File.WriteAllBytes(folder["off/mia_2.wav"], []);
        File.WriteAllText(folder["off/mia_3.wav"], "no sound");
        Audio.WavWriter.Write(folder["off/ben_1.wav"], new Audio.AudioClip(new float[800], 16_000));
        Audio.WavWriter.Write(folder["off/ben_2.wav"], new Audio.AudioClip([.. Enumerable.Range(0, 90_000).Select(i => i % 2 == 0 ? 1f : -1f)], 16_000));
        var inspection = CorpusInspector.Inspect(CorpusReader.Read(folder.Path));
        var pair = new SoundPair("a", "b", PhoneticAlignment.Align(Transcription.ReadIpa("bæt"), Transcription.ReadIpa("pæt")));
        Remark[] remarks = [.. inspection.Remarks, .. inspection.Problems.Select(problem => problem.Remark), pair.Remark];
        remarks.Select(remark => remark.Code).ShouldBe(["corpus.skipped", "corpus.two-labels", "corpus.few-clips", "corpus.few-speakers", "corpus.silent", "corpus.short", "corpus.long", "problem.file", "problem.file", "advice.pair"], ignoreOrder: true, customMessage: string.Join('\n', remarks.Select(remark => $"{remark.Code} {remark.Text}"))!);
        foreach (string language in new[] { "en", "zh" })
        {
            var texts = TextTests.Texts(language);
            foreach (var remark in remarks) Check(texts, PageRemark.Of(remark));
        }
    }

    private static void Check(Dictionary<string, string> texts, PageRemark remark)
    {
        if (remark.Code.Length == 0) return;
        foreach (Match value in TextTests.Value().Matches(texts[$"said.{remark.Code}"])) (remark.Values ?? new Dictionary<string, object>()).Keys.ShouldContain(value.Value.Trim('{', '}'), remark.Code);
        foreach (var within in (remark.Values ?? new Dictionary<string, object>()).Values.OfType<PageRemark>()) Check(texts, within);
    }

    [Fact]
    public void Remark_is_kept_in_a_file_and_read_again()
    {
        var remark = PageRemark.Of(new Remark("a.b", "text", ("n", 3), ("names", new[] { "x", "y" }), ("why", new Remark("c.d", "inner", ("name", "z")))));
        string json = JsonSerializer.Serialize(remark);
        JsonSerializer.Serialize(JsonSerializer.Deserialize<PageRemark>(json)).ShouldBe(json);
        json.ShouldContain("""{"Code":"c.d","Text":"inner","Values":{"name":"z"}}""");
    }

    /// <summary>The texts that stand in the code of an assembly.</summary>
    private static IEnumerable<string> Strings(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        List<string> found = [];
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle)) found.Add(metadata.GetUserString(handle));
        return found;
    }

    [GeneratedRegex("^(corpus|split|problem|sound|speech|advice|claim|enroll|train|run|model|setup|import|live)\\.[a-z-]+$")]
    private static partial Regex Code();

    [GeneratedRegex("""StudioException(?:\.Missing)?\(\s*"([a-z-]+)",""")]
    private static partial Regex Refusal();
}
