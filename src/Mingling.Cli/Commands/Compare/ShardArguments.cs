using System.CommandLine;
using System.Globalization;
using Mingling.Cli.Arguments;
using Mingling.Cli.Host;
using Mingling.Experiments.Comparison;

namespace Mingling.Cli.Commands;

/// <summary>Which of several workers a comparison is: from the command line, or from what a cluster puts into the environment.</summary>
internal sealed class ShardArguments
{
    private const string Slurm = "SLURM_ARRAY_TASK_ID", SlurmCount = "SLURM_ARRAY_TASK_COUNT", SlurmFirst = "SLURM_ARRAY_TASK_MIN";
    private const string Kubernetes = "JOB_COMPLETION_INDEX", KubernetesCount = "JOB_COMPLETIONS";
    private const int LeastTimeout = 1, MostTimeout = 86_400;

    private readonly Option<string?> _shard;
    private readonly Option<int> _timeout;

    public ShardArguments(Command command)
    {
        _shard = new Option<string?>("--shard")
        {
            Description = $"Share the comparison with other workers in the folder of --out: worker I of N, such as 2/4 (default: {Slurm} of {SlurmCount}, or {Kubernetes} of {KubernetesCount}, where they are set). The number decides where a worker begins; each goes on until all runs are made.",
            HelpName = "I/N",
        }.NotEmpty();
        _timeout = new Option<int>("--claim-timeout")
        {
            Description = "Seconds without a sign of life after which the run of another worker is taken over.",
            DefaultValueFactory = _ => (int)new ComparisonShard().Patience.TotalSeconds,
            HelpName = "S",
        };
        _timeout.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out int seconds) && seconds is < LeastTimeout or > MostTimeout)
                result.AddError($"--claim-timeout takes seconds from {LeastTimeout} to {MostTimeout}.");
        });
        command.Options.Add(_shard);
        command.Options.Add(_timeout);
    }

    /// <summary>The worker; null for a comparison alone.</summary>
    /// <exception cref="UsageException">What is given or set is no worker.</exception>
    public ComparisonShard? Read(ParseResult parsed)
    {
        var patience = TimeSpan.FromSeconds(parsed.GetValue(_timeout));
        if (parsed.GetValue(_shard) is { } given) return Parse(given) with { Patience = patience };
        if (FromSlurm() is { } slurm) return slurm with { Patience = patience };
        return FromKubernetes() is { } pod ? pod with { Patience = patience } : null;
    }

    private static ComparisonShard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2 && Whole(parts[0]) is { } number && Whole(parts[1]) is { } count && number >= 1 && number <= count
            ? new ComparisonShard { Number = number, Count = count }
            : throw new UsageException($"--shard takes the number of a worker and that of all, such as 2/4, not '{ShownText.OnOneLine(text)}'.");
    }

    /// <summary>Tasks of an array need not be counted from 1, or without gaps: any number says where to begin.</summary>
    private static ComparisonShard? FromSlurm()
    {
        if (Environment.GetEnvironmentVariable(Slurm) is not { Length: > 0 } task) return null;
        int id = Required(Slurm, task, 0), count = Required(SlurmCount, Environment.GetEnvironmentVariable(SlurmCount), 1);
        int first = Environment.GetEnvironmentVariable(SlurmFirst) is { Length: > 0 } least ? Required(SlurmFirst, least, 0) : 0;
        return new ComparisonShard { Number = (Math.Max(0, id - first) % count) + 1, Count = count };
    }

    private static ComparisonShard? FromKubernetes()
    {
        if (Environment.GetEnvironmentVariable(Kubernetes) is not { Length: > 0 } index) return null;
        int number = Required(Kubernetes, index, 0), count = Required(KubernetesCount, Environment.GetEnvironmentVariable(KubernetesCount), 1);
        return number < count
            ? new ComparisonShard { Number = number + 1, Count = count }
            : throw new UsageException($"{Kubernetes} is {number}, but {KubernetesCount} only {count}; set it to the completions of the job, or give --shard.");
    }

    private static int Required(string name, string? value, int least) => value is not null && Whole(value) is { } number && number >= least
        ? number
        : throw new UsageException($"the environment variable {name} {(value is null ? "is not set" : $"is '{ShownText.OnOneLine(value)}'")}; it takes a whole number from {least}, or give --shard.");

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
