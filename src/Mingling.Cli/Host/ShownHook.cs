using Spectre.Console.Rendering;

namespace Mingling.Cli.Host;

/// <summary>Shows what would command a terminal within tables and coloured lines, whose own commands are sent.</summary>
internal sealed class ShownHook : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(renderable => new Shown(renderable));

    private sealed class Shown(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth)
            .Select(segment => segment.IsControlCode || segment.IsLineBreak || ShownText.IsPlain(segment.Text) ? segment : new Segment(ShownText.WithLines(segment.Text), segment.Style));
    }
}
