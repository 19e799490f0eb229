using System.Globalization;
using Mingling.Audio;
using Mingling.Recognition.Models;
using Mingling.Studio.Tests.Support;
using Mingling.Tests.Shared;
using static Microsoft.Playwright.Assertions;

namespace Mingling.Studio.Tests.Browser;

/// <summary>Thresholds of single words, by hand, against the false alarms that they would have given in the room.</summary>
[Collection(nameof(TrainedStudio))]
public sealed class ThresholdTests(TrainedStudio trained, StudioBrowser browser) : IClassFixture<StudioBrowser>
{
    [Fact]
    public async Task Thresholds_are_slid_by_keyboard_and_pointer_and_written_into_the_model()
    {
        await using var studio = await OpenAsync();
        await using var opened = await browser.OpenAsync(studio.Server.Address, "live");
        var page = opened.Page;
        await page.Locator("#rate").FillAsync("1000");
        await page.Locator("#find").ClickAsync();
        var rows = page.Locator("#thresholds li");
        await Expect(rows).ToHaveCountAsync(TrainedStudio.Words.Length);
        ModelFile.ReadCard(studio["models/m.onnx"]).Calibration.ShouldBeNull();

        // By the keyboard: to the lowest, where a model takes much of other words for its own.
        var first = rows.First.Locator("input");
        await first.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(rows.First.Locator("output")).ToHaveTextAsync("0.05");
        await Expect(rows.First.Locator("[data-word]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9,]+(\\.[0-9]+)? an hour$"));
        double loose = await PerHourAsync(rows.First.Locator("[data-word]").TextContentAsync());
        await first.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(rows.First.Locator("output")).ToHaveTextAsync("1.00");
        await Expect(rows.First.Locator("[data-word]")).ToHaveTextAsync("0 an hour");
        loose.ShouldBeGreaterThan(0);

        // By the pointer, over the curve of the second word.
        var curve = (await rows.Nth(1).Locator("svg").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(curve.X + (curve.Width * 0.2f), curve.Y + 10);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(curve.X + (curve.Width * 0.9f), curve.Y + 10);
        await page.Mouse.UpAsync();
        double slid = double.Parse((await rows.Nth(1).Locator("output").TextContentAsync())!, CultureInfo.InvariantCulture);
        slid.ShouldBe(0.9, 0.02);

        await page.Locator("#keep-thresholds").ClickAsync();
        await Expect(page.Locator("#status")).ToContainTextAsync("in the model file");
        var calibration = ModelFile.ReadCard(studio["models/m.onnx"]).Calibration!;
        calibration.Commands.Count.ShouldBe(TrainedStudio.Words.Length);
        calibration.Commands.Single(command => command.Command == TrainedStudio.Words[0]).Threshold.ShouldBe(1);
        calibration.Commands.Single(command => command.Command == TrainedStudio.Words[1]).Threshold.ShouldBe(slid, 1e-9);
        calibration.Commands.ShouldAllBe(command => command.FalseAlarmsPerHour != null && command.FalseAlarmsPerHourAtMost > command.FalseAlarmsPerHour);
        opened.Complaints.ShouldBeEmpty();
    }

    private static async Task<double> PerHourAsync(Task<string?> text) => double.Parse((await text)!.Split(' ')[0], NumberStyles.Number, CultureInfo.InvariantCulture);

    /// <summary>The small model, and a minute of other words in the room.</summary>
    private async Task<OpenedStudio> OpenAsync()
    {
        var studio = await OpenedStudio.OpenAsync();
        File.Copy(trained.Studio[$"models/{TrainedStudio.Model}.onnx"], studio["models/m.onnx"]);
        ModelFile.Update(studio["models/m.onnx"], card => card with { Calibration = null });
        Directory.CreateDirectory(studio["background"]);
        List<float> sound = [];
        foreach (string word in new[] { "turn on", "louder", "关门", "上楼", "turn off", "quieter" }.Where(word => Directory.Exists(Path.Combine(SampleClips.Folder, word))))
            foreach (string file in SampleClips.Of(word).Take(12)) sound.AddRange([.. AudioFile.Read(file, 16_000).Samples, .. new float[4000]]);
        WavWriter.Write(studio["background/room-1.wav"], new AudioClip([.. sound], 16_000));
        return studio;
    }
}
