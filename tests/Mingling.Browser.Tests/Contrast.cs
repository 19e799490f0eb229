namespace Mingling.Browser.Tests;

/// <summary>The ratio of contrast of WCAG 2.2 of every text that is seen to the ground that it stands on.</summary>
internal static class Contrast
{
    /// <summary>Gives the texts below 4.5 : 1, each with its ratio.</summary>
    public const string Script = """
        () => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const colour = text => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
          const linear = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
          const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
          const ground = element => {
            for (; element; element = element.parentElement) {
              const own = colour(getComputedStyle(element).backgroundColor);
              if (own[3] === 255) return own;
            }
            return [255, 255, 255];
          };
          const low = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('svg')) continue;
            const [a, b] = [luminance(colour(getComputedStyle(element).color)), luminance(ground(element))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) low.push(`${walker.currentNode.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
          }
          return low;
        }
        """;
}
