using System.Collections;
using Mingling.Corpora;

namespace Mingling.Training.Data;

/// <summary>The sound of clips that may have to be read again whenever it is asked for. For any number of threads.</summary>
internal sealed class ClipSounds(IReadOnlyList<LoadedClip> clips) : IReadOnlyList<float[]>
{
    public int Count => clips.Count;

    /// <exception cref="TrainingFailedException">A clip that could be read before cannot be read any more.</exception>
    public float[] this[int index]
    {
        get
        {
            try
            {
                return clips[index].Samples;
            }
            catch (CorpusException e)
            {
                throw new TrainingFailedException(e.Message);
            }
        }
    }

    public IEnumerator<float[]> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
