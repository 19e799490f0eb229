using Microsoft.ML.OnnxRuntime;
using Mingling.Audio;
using Mingling.Recognition.Inference;
using Mingling.Training.Storage;

namespace Mingling.Training.Objectives;

/// <summary>
/// A network, given as ONNX files, that turns clips into embeddings which a student learns to predict (docs/training.md, "Teachers of
/// embeddings"). Safe for any number of threads.
/// </summary>
public sealed class EmbeddingTeacher : IDisposable
{
    private readonly string _path;
    private readonly TeacherDescription _description;
    private readonly InferenceSession _features, _network;
    private readonly int _studentRate;

    /// <summary>Loads a teacher.</summary>
    /// <param name="path">The ONNX file; its description, a .toml file of the same name, lies beside it.</param>
    /// <param name="studentRate">The rate of the clips in hertz.</param>
    /// <exception cref="CheckpointException">A file is missing or is no network, or the network has another shape than its description.</exception>
    public EmbeddingTeacher(string path, int studentRate)
    {
        (_path, _studentRate) = (path, studentRate);
        if (!File.Exists(path)) throw new CheckpointException($"there is no teacher {path}; name an ONNX file.");
        _description = TeacherDescription.Read(path);
        _network = Open(path);
        try
        {
            _features = Open(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!, _description.Features));
        }
        catch
        {
            _network.Dispose();
            throw;
        }
    }

    /// <summary>The size of an embedding.</summary>
    public int Size => _description.Size;

    /// <summary>The mean of the embeddings of a clip's windows.</summary>
    /// <param name="samples">The clip, at least as long as a window.</param>
    /// <exception cref="CheckpointException">The clip is too short, or the network has another shape than its description says.</exception>
    public float[] Embed(float[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        float[] sound = _studentRate == _description.SampleRate ? [.. samples] : Resampler.Resample(new AudioClip(samples, _studentRate), _description.SampleRate).Samples;
        for (int i = 0; i < sound.Length; i++) sound[i] *= (float)_description.SampleScale;
        var (frames, bins) = Run(_features, sound, [1, sound.Length], "features");
        for (int i = 0; i < frames.Length; i++) frames[i] = (float)(frames[i] * _description.FeatureScale + _description.FeatureOffset);
        int windows = (frames.Length / bins - _description.Frames) / _description.Hop + 1;
        if (windows < 1)
            throw new CheckpointException($"the teacher {_path} hears {_description.Frames} frames at once, and a clip has {frames.Length / bins}; give the student a longer window.");
        float[] mean = new float[_description.Size];
        for (int w = 0; w < windows; w++)
        {
            float[] window = frames[(w * _description.Hop * bins)..((w * _description.Hop + _description.Frames) * bins)];
            var (embedding, _) = Run(_network, window, [1, _description.Frames, bins, 1], "embeddings");
            if (embedding.Length != mean.Length)
                throw new CheckpointException($"the teacher {_path} gives embeddings of {embedding.Length} values, and its description says {mean.Length}; correct one of them.");
            for (int i = 0; i < mean.Length; i++) mean[i] += embedding[i] / windows;
        }
        return mean;
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        _features.Dispose();
        _network.Dispose();
    }

    private (float[] Values, int Last) Run(InferenceSession session, float[] values, long[] shape, string what)
    {
        try
        {
            // As many dimensions as the graph has: what it lacks of [1, frames, bins, 1] has size 1.
            int rank = session.InputMetadata.Values.First().Dimensions.Length;
            while (shape.Length > rank && shape[^1] == 1) shape = shape[..^1];
            while (shape.Length > rank && shape[0] == 1) shape = shape[1..];
            using var run = new RunOptions();
            using var input = OrtValue.CreateTensorValueFromMemory(values, shape);
            using var outputs = session.Run(run, [session.InputNames[0]], [input], [session.OutputNames[0]]);
            var result = outputs[0].GetTensorDataAsSpan<float>();
            return (result.ToArray(), (int)outputs[0].GetTensorTypeAndShape().Shape[^1]);
        }
        catch (OnnxRuntimeException e)
        {
            throw new CheckpointException($"the teacher {_path} cannot compute its {what} from values of shape [{string.Join(", ", shape)}]; compare its inputs with {TeacherDescription.PathOf(_path)}.", e);
        }
    }

    private static InferenceSession Open(string path)
    {
        OnnxTelemetry.TurnOff();
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            return new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new CheckpointException($"{path} is no network that can be loaded as a teacher; name an ONNX file.", e);
        }
    }
}
