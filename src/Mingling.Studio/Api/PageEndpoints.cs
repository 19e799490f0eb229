using System.Collections.Frozen;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Mingling.Studio.Folders;

namespace Mingling.Studio.Api;

/// <summary>The page itself, from the assembly.</summary>
internal static class PageEndpoints
{
    private const string Prefix = "page/";

    private static readonly FrozenDictionary<string, (byte[] Bytes, string Type, string Tag)> Files = ReadFiles();

    /// <summary>The languages that there are texts in, with their own names.</summary>
    public static IReadOnlyDictionary<string, string> Languages { get; } = Files.Keys.Where(name => name.StartsWith("texts/", StringComparison.Ordinal))
        .ToDictionary(name => Path.GetFileNameWithoutExtension(name), name => NameOf(Files[name].Bytes));

    public static void Map(WebApplication app, StudioWork work)
    {
        byte[] index = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Files["index.html"].Bytes).Replace("{{key}}", work.AntiForgeryToken, StringComparison.Ordinal)
            .Replace("{{languages}}", WebUtility.HtmlEncode(string.Join(';', Languages.Select(language => $"{language.Key}={language.Value}"))), StringComparison.Ordinal));
        app.MapGet("/", async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.Body.WriteAsync(index, context.RequestAborted).ConfigureAwait(false);
        });
        app.MapGet("/page/{**name}", async context =>
        {
            string name = $"{context.Request.RouteValues["name"]}";
            if (name == "index.html" || !Files.TryGetValue(name, out var file)) throw StudioException.Missing("no-page", "there is no such page.");
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.ETag = file.Tag;
            if (context.Request.Headers.IfNoneMatch == file.Tag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
            context.Response.ContentType = file.Type;
            await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted).ConfigureAwait(false);
        });
    }

    private static FrozenDictionary<string, (byte[] Bytes, string Type, string Tag)> ReadFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Prefix.Length..], name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return (bytes, TypeOf(name), $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        }, StringComparer.Ordinal);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private static string NameOf(byte[] texts)
    {
        using var document = System.Text.Json.JsonDocument.Parse(texts);
        return document.RootElement.GetProperty("language").GetString()!;
    }
}
