using System.Text;
using Mingling.Audio;

namespace Mingling.Boards.Source;

/// <summary>The tables of the front end, as its own code has them, and the passes of its transform.</summary>
internal static class FrontEndSource
{
    /// <summary>Adds the tables.</summary>
    /// <returns>The function that transforms a window.</returns>
    public static string Add(SourceParts parts, FeatureSettings settings)
    {
        var tables = new FeatureTables(settings);
        var fft = tables.Fft;
        Conditions(parts, settings);
        parts.Define("WINDOW", settings.WindowSamples, "samples of a frame");
        parts.Define("FFT_POINTS", fft.Points);
        parts.Define("FFT_BINS", fft.Bins);
        parts.Define("MEL_BINS", settings.MelBins);
        parts.Define("BINS", settings.Bins, "values of a frame");
        parts.Comment("The front end: taper, transform, filters.");
        parts.Table("taper", tables.Taper);
        parts.Table<ushort>("uint16_t", "fft_slots", [.. fft.Slots.Take(settings.WindowSamples).Select(slot => checked((ushort)slot))]);
        var transform = new StringBuilder("/* The Fourier transform of the work space, pass by pass. */\nstatic void transform(float *work)\n{\n");
        int pass = 0;
        foreach (var stage in fft.Stages)
        {
            string roots = "NULL";
            if (stage.Twiddles.Length > 0) parts.Table(roots = $"fft_roots_{++pass}", stage.Twiddles);
            if (stage.Radix is 2 or 4)
            {
                parts.Conditions[$"FFT_RADIX_{stage.Radix}"] = 1;
                transform.Append($"    stage_{stage.Radix}(work, {stage.Spacing}, {roots});\n");
                continue;
            }
            if (parts.Conditions.TryAdd($"ODD_{stage.Radix}", 1)) parts.Table($"fft_odd_{stage.Radix}", stage.OddRoots);
            parts.Conditions["FFT_RADIX_ODD"] = Math.Max(parts.Conditions.GetValueOrDefault("FFT_RADIX_ODD"), stage.Radix);
            transform.Append($"    stage_odd(work, {stage.Radix}, {stage.Spacing}, {roots}, fft_odd_{stage.Radix});\n");
        }
        if (parts.Conditions.TryGetValue("FFT_RADIX_ODD", out double largest)) parts.Define("FFT_RADIX_ODD", (long)largest);
        if (fft.IsHalved)
        {
            parts.Table("fft_unpacking", fft.Unpacking);
            transform.Append("    unpack(work);\n");
        }
        Filters(parts, tables);
        if (settings.Cepstra > 0) parts.Table("cosines", tables.CosineWeights);
        return transform.Append("}\n").ToString();
    }

    private static void Conditions(SourceParts parts, FeatureSettings settings)
    {
        var conditions = parts.Conditions;
        conditions["SCALE_TO_INT16"] = settings.ScaleToInt16 ? 1 : 0;
        conditions["REMOVE_MEAN"] = settings.RemoveDcOffset ? 1 : 0;
        conditions["MAGNITUDE"] = settings.SpectrumExponent == 1 ? 1 : 0;
        conditions["FFT_HALVED"] = settings.FftSize % 2 == 0 ? 1 : 0;
        conditions["PRE_EMPHASIS"] = settings.PreEmphasis != 0 ? 1 : 0;
        if (settings.PreEmphasis != 0) parts.Define("PRE_EMPHASIS_FACTOR", (float)settings.PreEmphasis);
        if (settings.Cepstra > 0) parts.Define("CEPSTRA", settings.Cepstra);
        conditions["ENERGY"] = !settings.UseEnergy ? 0 : settings.RawEnergy ? 1 : 2;
        parts.Define("ENERGY_LAST", settings.EnergyLast ? 1 : 0, "where the energy, or the first coefficient, stands");
        if (settings.UseEnergy) parts.Define("ENERGY_FLOOR", Math.Max(1.1920928955078125e-07f, (float)settings.EnergyFloor));
        switch (settings.Compression)
        {
            case FeatureCompression.LogOffset:
                conditions["LOG"] = 1;
                parts.Define("LOG_OFFSET", (float)settings.LogOffset);
                break;
            case FeatureCompression.LogFloor or FeatureCompression.Decibels:
                conditions["LOG"] = 2;
                parts.Define("LOG_FLOOR", (float)settings.LogFloor);
                parts.Define("LOG_FACTOR", settings.Compression == FeatureCompression.Decibels ? (float)(10 / Math.Log(10)) : 1f);
                break;
        }
    }

    /// <summary>Each filter as the stretch of the spectrum where it is not zero.</summary>
    private static void Filters(SourceParts parts, FeatureTables tables)
    {
        var weights = new List<float>();
        var (first, count) = (new ushort[tables.Mel.Count], new ushort[tables.Mel.Count]);
        for (int m = 0; m < tables.Mel.Count; m++)
        {
            int[] used = [.. Enumerable.Range(0, tables.Fft.Bins).Where(k => tables.Mel.Weight(m, k) > 0)];
            if (used.Length == 0) continue;
            (first[m], count[m]) = ((ushort)used[0], (ushort)(used[^1] - used[0] + 1));
            for (int k = used[0]; k <= used[^1]; k++) weights.Add(tables.Mel.Weight(m, k));
        }
        parts.Table<ushort>("uint16_t", "mel_first", first);
        parts.Table<ushort>("uint16_t", "mel_count", count);
        parts.Table("mel_weights", [.. weights]);
    }
}
