using Mingling.Experiments.Reports.Content;

namespace Mingling.Experiments.Reports.Page;

/// <summary>A clip to look at and to hear.</summary>
internal static class ClipCard
{
    /// <summary>The card of a clip.</summary>
    /// <param name="parts">Its run.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="role">What it is here, such as "heard as".</param>
    public static Html Write(RunParts parts, ReportedClip clip, Html role)
    {
        var medium = parts.Media.Of(clip);
        string name = clip.Clip.Name;
        var play = medium is null ? Html.Format($"<p class=\"quiet\">The page has no room for its sound.</p>") : Html.Format($"""
            <button type="button" class="play" data-sound="{medium.Sound}" data-name="{name}" aria-label="Play {name}"><span aria-hidden="true">▶</span> Play</button>
            """);
        return Html.Format($"""
            <li class="clip">{Picture(parts, clip)}
            <p class="role">{role}</p>
            <p class="file"><bdi>{name}</bdi></p>
            <p class="quiet">{Speaker(clip)}score {Words.Number(clip.Score)}</p>
            {play}</li>

            """);
    }

    private static Html Picture(RunParts parts, ReportedClip clip) => parts.Media.Of(clip) is not { } medium ? Html.Empty : Html.Format($"""
        <img class="mel" loading="lazy" decoding="async" width="200" height="80" src="data:image/png;base64,{medium.Picture}" alt="Log-mel spectrogram of {clip.Clip.Name}, in which {parts.Words[clip.Said]} is said.">
        """);

    private static Html Speaker(ReportedClip clip) => clip.Clip.Speaker is { } speaker ? Html.Format($"speaker <bdi>{speaker}</bdi>, ") : Html.Empty;
}
