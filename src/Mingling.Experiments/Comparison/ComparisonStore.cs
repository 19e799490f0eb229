using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Mingling.MetricLearning.Joint;
using Mingling.Training.Runs;
using Mingling.Training.Storage;

namespace Mingling.Experiments.Comparison;

/// <summary>
/// The results of a comparison in one SQLite file: the plan, and how every run ended. One process writes it; tables are made from it
/// alone, without the corpus and the runs.
/// </summary>
internal sealed class ComparisonStore : IDisposable
{
    private const string Tables = """
        create table if not exists comparison (id integer primary key check (id = 1), format integer not null, plan text not null);
        create table if not exists run (id text primary key, kind text not null, loss text not null, fold integer not null,
            seed integer not null, accuracy real, seconds_per_epoch real, result text, error text, ended text not null);
        """;

    private static readonly JsonSerializerOptions Json = new(RunManifest.Json) { WriteIndented = false };
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private ComparisonStore(string path, SqliteOpenMode mode)
    {
        _path = path;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
    }

    /// <summary>Opens the file for writing, made where it does not exist.</summary>
    /// <exception cref="CheckpointException">It cannot be written or is no such file.</exception>
    public static ComparisonStore Open(string path) => Ready(new ComparisonStore(path, SqliteOpenMode.ReadWriteCreate), Tables);

    /// <summary>Opens the file for reading.</summary>
    /// <exception cref="CheckpointException">There is none, or it is no such file.</exception>
    public static ComparisonStore Read(string path) => File.Exists(path)
        ? Ready(new ComparisonStore(path, SqliteOpenMode.ReadOnly), "select plan from comparison")
        : throw new CheckpointException($"{path} does not exist; name the folder given to compare --out.");

    public void WritePlan(ComparisonPlan plan) => Run("insert or replace into comparison values (1, $format, $plan)",
        ("$format", ComparisonPlan.CurrentFormat), ("$plan", JsonSerializer.Serialize(plan, Json)));

    /// <exception cref="CheckpointException">There is no plan, or it is damaged or of another format.</exception>
    public ComparisonPlan ReadPlan()
    {
        var (format, plan) = Query("select format, plan from comparison", row => (Format: row.GetInt32(0), Plan: row.GetString(1))).FirstOrDefault();
        if (plan is null) throw new CheckpointException($"{_path} holds no plan; compare again into the same folder.");
        if (format != ComparisonPlan.CurrentFormat)
            throw new CheckpointException($"{_path} is of format {format}; this version of Mingling reads format {ComparisonPlan.CurrentFormat}.");
        return Parse<ComparisonPlan>(plan);
    }

    /// <summary>Keeps how a run ended; what was kept of it before goes.</summary>
    public void Write(ComparisonJob job, JobOutcome outcome) => Run(
        "insert or replace into run values ($id, $kind, $loss, $fold, $seed, $accuracy, $seconds, $result, $error, $ended)",
        ("$id", job.Id), ("$kind", job.Kind.ToString().ToLowerInvariant()), ("$loss", job.Variant.Loss), ("$fold", job.Fold), ("$seed", job.Seed),
        ("$accuracy", outcome.Result?.Accuracy), ("$seconds", outcome.Result?.SecondsPerEpoch),
        ("$result", outcome.Result is null ? null : JsonSerializer.Serialize(outcome.Result, Json)), ("$error", outcome.Error),
        ("$ended", DateTime.UtcNow.ToString("s", CultureInfo.InvariantCulture) + "Z"));

    /// <summary>How each run ended, by its id.</summary>
    public Dictionary<string, JobOutcome> Outcomes() => Query("select id, result, error from run", row => KeyValuePair.Create(row.GetString(0),
        new JobOutcome(row.IsDBNull(1) ? null : Parse<JobResult>(row.GetString(1)), row.IsDBNull(2) ? null : row.GetString(2)))).ToDictionary();

    public void Dispose() => _connection.Dispose();

    private static ComparisonStore Ready(ComparisonStore store, string first)
    {
        try
        {
            store.Try(() => store._connection.Open());
            store.Run(first);
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private void Run(string sql, params (string Name, object? Value)[] values) => Try(() =>
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        command.ExecuteNonQuery();
    });

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        var rows = new List<T>();
        Try(() =>
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            while (reader.Read()) rows.Add(read(reader));
        });
        return rows;
    }

    private T Parse<T>(string text)
        where T : notnull
    {
        try
        {
            var stored = JsonSerializer.Deserialize<T>(text, Json) ?? throw new JsonException("it is null");
            return StoredComparisonCheck.Problem(stored) is { } problem ? throw new JsonException(problem) : stored;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or InvalidOperationException or FormatException or LossExpressionException)
        {
            throw new CheckpointException($"{_path} is damaged: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw new CheckpointException($"{_path} cannot be used: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
