using Mingling.Audio;
using Mingling.Tests.Shared;

namespace Mingling.Studio.Tests.Support;

/// <summary>A studio in a folder of its own, and one that asks it.</summary>
internal sealed class OpenedStudio : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;

    private OpenedStudio(TemporaryFolder folder, bool ownsFolder, StudioServer server, StudioClient client) => (_folder, _ownsFolder, Server, Client) = (folder, ownsFolder, server, client);

    public StudioServer Server { get; }

    public StudioClient Client { get; }

    public string Root => _folder["studio"];

    public string this[string path] => Path.Combine(Root, path);

    /// <summary>The command, as the studio's jobs are started.</summary>
    public static IReadOnlyList<string> Command => ["dotnet", Path.Combine(AppContext.BaseDirectory, "mingling.dll")];

    public static async Task<OpenedStudio> OpenAsync(TemporaryFolder? folder = null, Func<StudioOptions, StudioOptions>? change = null)
    {
        var used = folder ?? new TemporaryFolder();
        var options = new StudioOptions { Folder = used["studio"], Command = Command, Samples = SampleClips.Folder, Port = 0, Version = "test" };
        var server = await StudioServer.StartAsync(change?.Invoke(options) ?? options);
        return new OpenedStudio(used, folder is null, server, await StudioClient.OpenAsync(server.Address));
    }

    /// <summary>Copies recordings of the sample corpus into a collection.</summary>
    public void Copy(string corpus, params string[] words)
    {
        foreach (string word in words)
        {
            Directory.CreateDirectory(Path.Combine(Root, "corpora", corpus, word));
            foreach (string file in SampleClips.Of(word)) File.Copy(file, Path.Combine(Root, "corpora", corpus, word, Path.GetFileName(file)));
        }
    }

    /// <summary>A WAV file in memory.</summary>
    public static byte[] Wav(float[] samples, int rate)
    {
        using var bytes = new MemoryStream();
        WavWriter.Write(bytes, new AudioClip(samples, rate));
        return bytes.ToArray();
    }

    public static byte[] Tone(double seconds = 0.6, int rate = 16_000) =>
        Wav([.. Enumerable.Range(0, (int)(seconds * rate)).Select(i => 0.3f * MathF.Sin(0.2f * i))], rate);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        if (_ownsFolder) _folder.Dispose();
    }
}
