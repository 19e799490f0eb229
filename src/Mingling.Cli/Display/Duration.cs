namespace Mingling.Cli.Display;

/// <summary>Times for people.</summary>
internal static class Duration
{
    /// <summary>Hours, minutes and seconds; a day counts as 24 hours.</summary>
    public static string Text(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Round(seconds));
        return $"{(long)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}";
    }
}
