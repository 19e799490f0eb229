namespace Mingling.Studio.Folders;

/// <summary>A <see cref="Remark"/> as the page gets it, and as files keep it: the page says the code in the reader's language, or else the text.</summary>
internal sealed record PageRemark(string Code, string Text, IReadOnlyDictionary<string, object>? Values)
{
    public static PageRemark Of(Remark remark) => new(remark.Code, ShownText.OnOneLine(remark.Text),
        remark.Values.Count == 0 ? null : remark.Values.ToDictionary(value => value.Key, value => value.Value is Remark within ? Of(within) : value.Value));

    public static PageRemark Of(Exception exception) => Of(Remark.Of(exception));

    public static PageRemark Plain(string text) => new("", ShownText.OnOneLine(text), null);

    /// <summary>The same with the paths of this machine shortened: a page shows no folders of an import.</summary>
    public PageRemark Replace(string former, string with) => new(Code, Text.Replace(former, with, StringComparison.Ordinal), Values?.ToDictionary(value => value.Key, value => value.Value switch
    {
        PageRemark within => within.Replace(former, with),
        string text => text.Replace(former, with, StringComparison.Ordinal),
        _ => value.Value,
    }));
}
