using Microsoft.Playwright;

namespace Mingling.Studio.Tests.Browser;

/// <summary>A person who has a keyboard and no mouse. After every key something has the focus, within the window, and is seen to have it.</summary>
internal sealed class Keyboard(IPage page)
{
    private const string Judge = """
        () => {
          const now = document.activeElement;
          if (!now || now === document.body) return 'nothing has the focus';
          // The heading stands for the content as a whole.
          const shown = now.id === 'main' ? now.querySelector('h1') : now, name = `${shown?.localName}#${shown?.id} “${shown?.textContent?.trim().slice(0, 40)}”`;
          if (!shown || !shown.checkVisibility()) return `${name} has the focus and is not shown`;
          const box = shown.getBoundingClientRect(), style = getComputedStyle(shown);
          if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) return `${name} has the focus and looks as if it had not`;
          return box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth ? '' : `${name} has the focus outside of the window: ${box.left} ${box.top}`;
        }
        """;

    public async Task PressAsync(string key)
    {
        await page.Keyboard.PressAsync(key);
        await JudgeAsync($"after {key}");
    }

    /// <summary>Goes to an element by Tab, or back to it by Shift and Tab.</summary>
    public async Task GoToAsync(string selector)
    {
        await page.Locator(selector).First.WaitForAsync();
        for (int i = 0; i < 150; i++)
        {
            string where = await page.EvaluateAsync<string>("""
                selector => {
                  const now = document.activeElement, wanted = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility());
                  return now === wanted ? 'there' : wanted && wanted.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING && !now.contains(wanted) ? 'Shift+Tab' : 'Tab';
                }
                """, selector);
            if (where == "there") return;
            await PressAsync(where);
        }
        throw new InvalidOperationException($"the keyboard does not reach {selector}");
    }

    /// <summary>Goes to something and presses it.</summary>
    public async Task UseAsync(string selector, string key = "Enter")
    {
        await GoToAsync(selector);
        await PressAsync(key);
    }

    /// <summary>Replaces the text of a field.</summary>
    public async Task WriteAsync(string selector, string text)
    {
        await GoToAsync(selector);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
        (await page.Locator(selector).InputValueAsync()).ShouldBe(text);
    }

    /// <summary>A step of the way, from among the steps.</summary>
    public async Task StepAsync(string view)
    {
        await UseAsync($"nav a[href='#/{view}']");
        await page.Locator($"nav a[href='#/{view}'][aria-current]").WaitForAsync();
        await page.Locator("#main:focus").WaitForAsync();
        await JudgeAsync($"in {view}");
    }

    public async Task JudgeAsync(string when)
    {
        // What the page draws anew for a key comes with the answer of the studio.
        await page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        (await page.EvaluateAsync<string>(Judge)).ShouldBeEmpty(when);
    }
}
