namespace Mingling.Benchmarks;

/// <summary>Options of a benchmark.</summary>
internal static class Options
{
    public static string Text(string[] args, string name, string otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at < 0 ? otherwise : args[at + 1];
    }

    public static int Number(string[] args, string name, int otherwise) => int.Parse(Text(args, name, otherwise.ToString()));
}
