using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mingling.Recognition.Models;

/// <summary>
/// How cards are written: camel case, enumerations by name, words in any script as they are. Reading refuses properties that it
/// does not know rather than recognising by half of a card.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ModelCard))]
internal sealed partial class ModelCardJson : JsonSerializerContext
{
    /// <exception cref="ModelException">The card has values out of range; the message lists all of them.</exception>
    public static string Write(ModelCard card)
    {
        if (ModelCardCheck.Problems(card).ToArray() is { Length: > 0 } problems)
            throw new ModelException($"the model's card cannot be written: {string.Join("; ", problems)}.");
        return JsonSerializer.Serialize(card, Readable.Context.ModelCard);
    }

    /// <exception cref="ModelException">The text is no card, of another format, or has values out of range.</exception>
    public static ModelCard Read(string name, string text)
    {
        ModelCard card;
        try
        {
            using var document = JsonDocument.Parse(text);
            if (!document.RootElement.TryGetProperty("format", out var stated)) throw new ModelException($"the card in {name} does not say its format; make the model anew with 'mingling export'.");
            int format = stated.GetInt32();
            if (format != Models.ModelCard.CurrentFormat)
                throw new ModelException(new Remark("model.format", $"{name} is of format {format}; this version of Mingling reads format {Models.ModelCard.CurrentFormat}.", ("name", name)));
            card = document.Deserialize(Readable.Context.ModelCard) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ModelException($"the card in {name} cannot be understood: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", e);
        }
        if (ModelCardCheck.Problems(card).ToArray() is { Length: > 0 } problems)
            throw new ModelException($"the card in {name} cannot be used: {string.Join("; ", problems)}.");
        return card;
    }

    /// <summary>A class of its own, because the generated default must exist before it.</summary>
    private static class Readable
    {
        public static readonly ModelCardJson Context = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
