using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mingling.Studio.Tests.Support;

/// <summary>Asks a studio as its page does.</summary>
internal sealed partial class StudioClient : IDisposable
{
    private readonly HttpClient _http;

    private StudioClient(HttpClient http, string key) => (_http, Key) = (http, key);

    /// <summary>What only the page of this server knows.</summary>
    public string Key { get; }

    public static async Task<StudioClient> OpenAsync(Uri address)
    {
        var http = new HttpClient { BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority)) };
        string page = await http.GetStringAsync("/");
        string key = KeyPattern().Match(page).Groups[1].Value;
        http.DefaultRequestHeaders.Add("Origin", address.GetLeftPart(UriPartial.Authority));
        http.DefaultRequestHeaders.Add("X-Mingling", key);
        return new StudioClient(http, key);
    }

    public async Task<JsonElement> GetAsync(string path) => await ReadAsync(await _http.GetAsync(path));

    public async Task<JsonElement> PostAsync(string path, object? body = null) => await ReadAsync(await _http.PostAsJsonAsync(path, body ?? new { }));

    public async Task<JsonElement> PutAsync(string path, object body) => await ReadAsync(await _http.PutAsJsonAsync(path, body));

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, byte[]? body = null) => await ReadAsync(await RawAsync(method, path, body));

    public Task<HttpResponseMessage> RawAsync(HttpMethod method, string path, byte[]? body = null)
    {
        var content = body is null ? null : new ByteArrayContent(body);
        if (body is [(byte)'{', ..]) content!.Headers.ContentType = new("application/json");
        return _http.SendAsync(new HttpRequestMessage(method, path) { Content = content });
    }

    /// <summary>The status and the code of a refusal.</summary>
    public async Task<(HttpStatusCode Status, string? Code)> RefusalAsync(HttpMethod method, string path, byte[]? body = null)
    {
        using var response = await RawAsync(method, path, body);
        string text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') && JsonDocument.Parse(text).RootElement.TryGetProperty("code", out var code) ? code.GetString() : null);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            string text = await response.Content.ReadAsStringAsync();
            response.IsSuccessStatusCode.ShouldBeTrue($"{response.StatusCode}: {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }

    [GeneratedRegex("studio-key\" content=\"([0-9a-f]+)\"")]
    private static partial Regex KeyPattern();
}
