using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>A clip to look at and to hear.</summary>
internal static class ClipCard
{
    /// <summary>The card of a clip.</summary>
    /// <param name="parts">Its run.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="role">What it is here, such as "heard as".</param>
    public static Html Of(RunParts parts, ReportedClip clip, Html role)
    {
        var medium = parts.Media.Of(clip);
        string name = clip.Clip.Name;
        var play = medium is null ? Html.Of($"<p class=\"quiet\">The page has no room for its sound.</p>") : Html.Of($"""
            <button type="button" class="play" data-sound="{medium.Sound}" data-name="{name}" aria-label="Play {name}"><span aria-hidden="true">▶</span> Play</button>
            """);
        return Html.Of($"""
            <li class="clip">{Picture(parts, clip)}
            <p class="role">{role}</p>
            <p class="file"><bdi>{name}</bdi></p>
            <p class="quiet">{Speaker(clip)}score {Words.Number(clip.Score)}</p>
            {play}</li>

            """);
    }

    private static Html Picture(RunParts parts, ReportedClip clip) => parts.Media.Of(clip) is not { } medium ? Html.Empty : Html.Of($"""
        <img class="mel" loading="lazy" decoding="async" width="200" height="80" src="data:image/png;base64,{medium.Picture}" alt="Log-mel spectrogram of {clip.Clip.Name}, in which {parts.Words[clip.Said]} is said.">
        """);

    private static Html Speaker(ReportedClip clip) => clip.Clip.Speaker is { } speaker ? Html.Of($"speaker <bdi>{speaker}</bdi>, ") : Html.Empty;
}
