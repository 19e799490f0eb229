namespace Mingling.Serving.Models;

/// <summary>Is told what becomes of the model files, for a log. Calls come one at a time and must not throw.</summary>
public interface IModelObserver
{
    /// <summary>A replaced file was loaded; streams that are opened from now on use it.</summary>
    /// <param name="model">The new model.</param>
    void Reloaded(LoadedModel model);

    /// <summary>A replaced file cannot be used; the former model stays in use.</summary>
    /// <param name="model">The former model.</param>
    /// <param name="problem">Why, as one sentence.</param>
    void Kept(LoadedModel model, string problem);
}
