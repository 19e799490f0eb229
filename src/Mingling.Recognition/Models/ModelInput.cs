namespace Mingling.Recognition.Models;

/// <summary>What the graph of a model takes.</summary>
public enum ModelInput
{
    /// <summary><c>features</c> [batch, 1, bins, frames], computed by the front end of the card.</summary>
    Features,

    /// <summary><c>samples</c> [batch, samples] at the front end's rate, in −1…1: the front end is part of the graph.</summary>
    Samples,
}
