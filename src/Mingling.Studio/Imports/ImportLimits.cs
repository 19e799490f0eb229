namespace Mingling.Studio.Imports;

/// <summary>How much an import may bring.</summary>
internal static class ImportLimits
{
    /// <summary>Bytes of one file, a ZIP among them.</summary>
    public const long File = 1L << 30;

    /// <summary>Bytes of all files of an import, unpacked.</summary>
    public const long All = 4L << 30;

    /// <summary>Bytes of one sound file.</summary>
    public const long Sound = 256L << 20;

    /// <summary>Files of an import.</summary>
    public const int Files = 50_000;

    /// <summary>How many times larger than packed an entry of a ZIP may be; sound is packed to a tenth at best, silence and text further.</summary>
    public const int Ratio = 200;

    /// <summary>Bytes of a take that is recorded in the page: a minute at 96 kHz.</summary>
    public const long Take = 12L << 20;
}
