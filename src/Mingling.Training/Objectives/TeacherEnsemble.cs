using System.Security.Cryptography;
using Mingling.Training.Encoders;
using Mingling.Training.Models;
using Mingling.Training.Runs;
using Mingling.Training.Storage;
using static TorchSharp.torch;

namespace Mingling.Training.Objectives;

/// <summary>Trained runs that teach another one together: the mean of their posteriors counts.</summary>
internal sealed class TeacherEnsemble : IDisposable
{
    private readonly List<Teacher> _teachers = [];

    private TeacherEnsemble()
    {
    }

    /// <summary>The SHA-256 of each teacher's weights, by which a run knows them again.</summary>
    public IReadOnlyList<string> Digests => [.. _teachers.Select(teacher => teacher.Digest)];

    /// <summary>Loads the teachers of a run; null where it has none. Draws from torch's random state, as every model does that is built.</summary>
    /// <exception cref="CheckpointException">A teacher is missing, damaged, or does not fit the run.</exception>
    public static TeacherEnsemble? Load(RunDirectory student, EncoderCatalog? catalog)
    {
        var manifest = student.Manifest;
        if (manifest.Recipe.Distillation.Teachers.Count == 0) return null;
        var ensemble = new TeacherEnsemble();
        try
        {
            foreach (string path in manifest.Recipe.Distillation.Teachers)
            {
                var run = RunDirectory.Open(path);
                CheckFits(run, manifest);
                ensemble._teachers.Add(new Teacher(run, run.LoadModel(catalog: catalog), Digest(run), manifest.Classes));
            }
            return ensemble;
        }
        catch
        {
            ensemble.Dispose();
            throw;
        }
    }

    /// <summary>Checks that all teachers decide where a student does that learns from running sound.</summary>
    /// <param name="student">The encoder of the student.</param>
    /// <exception cref="CheckpointException">A teacher takes whole windows, or other steps.</exception>
    public void RequireStepsOf(Encoder student)
    {
        if (student is not StreamingEncoder { StepFrames: int frames }) return;
        if (_teachers.FirstOrDefault(teacher => teacher.Encoder is not StreamingEncoder own || own.StepFrames != frames) is not { } other) return;
        throw new CheckpointException($"the teacher {other.Path} is a {other.Encoder.Settings.Name}, and {student.Settings.Name} learns to decide in running sound every {frames} frames; "
            + "take teachers that decide as often, such as runs of the same encoder.");
    }

    /// <summary>The mean of the teachers' posteriors at a temperature, without gradient.</summary>
    /// <param name="embed">Embeds what they hear: B rows.</param>
    /// <param name="temperature">Above 0.</param>
    /// <returns>[B, C], in the order of the student's words; the caller disposes it.</returns>
    public Tensor Posteriors(Embedding embed, double temperature)
    {
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        return stack(_teachers.Select(teacher => nn.functional.softmax(teacher.Logits(embed) / temperature, 1))).mean([0]).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var teacher in _teachers) teacher.Dispose();
    }

    /// <summary>Of the weights of all members.</summary>
    private static string Digest(RunDirectory run)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var member in run.Members.Where(member => File.Exists(member.BestPath))) hash.AppendData(File.ReadAllBytes(member.BestPath));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void CheckFits(RunDirectory teacher, RunManifest student)
    {
        var (own, wanted) = (teacher.Manifest.Recipe, student.Recipe);
        if (own.Features != wanted.Features)
            throw new CheckpointException($"the teacher {teacher.Path} hears other features; give the student the front end of the teacher ('mingling recipe --from' prints it).");
        if (own.WindowSeconds != wanted.WindowSeconds)
        {
            throw new CheckpointException($"the teacher {teacher.Path} hears {own.WindowSeconds} s and the student {wanted.WindowSeconds} s; "
                + $"give the student a window of {own.WindowSeconds} s.");
        }
        string[] lacking = [.. student.Classes.Except(teacher.Manifest.Classes)], more = [.. teacher.Manifest.Classes.Except(student.Classes)];
        if (lacking.Length + more.Length > 0)
        {
            throw new CheckpointException($"the teacher {teacher.Path} learned other words than the student: {lacking.Length} are missing and {more.Length} are "
                + $"too many, for example '{lacking.Concat(more).First()}'; a teacher must know the same words.");
        }
    }

    private sealed class Teacher : IDisposable
    {
        private readonly CommandModel _model;
        private readonly Tensor _order;

        /// <param name="run">Where it was trained.</param>
        /// <param name="model">The teacher's model, in evaluation; disposed with this.</param>
        /// <param name="digest">The SHA-256 of its weights.</param>
        /// <param name="words">The words of the student.</param>
        public Teacher(RunDirectory run, CommandModel model, string digest, IReadOnlyList<string> words)
        {
            (_model, Path, Digest) = (model, run.Path, digest);
            var index = ClassNumbers.ByName(model.Classes);
            _order = tensor(words.Select(word => (long)index[word]).ToArray()).DetachFromDisposeScope();
        }

        public string Path { get; }

        public string Digest { get; }

        public Encoder Encoder => _model.Encoder;

        /// <summary>[B, C], in the order of the student's words.</summary>
        public Tensor Logits(Embedding embed) => _model.Head.call(embed(_model.Encoder)).index_select(1, _order);

        public void Dispose()
        {
            _model.Dispose();
            _order.Dispose();
        }
    }
}
