using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mingling.MetricLearning.Joint;

/// <summary>Keeps an expression in JSON as the text that was written. What is read has its grammar checked, not yet its names.</summary>
internal sealed class LossExpressionJson : JsonConverter<LossExpression>
{
    public override LossExpression Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text = reader.GetString() ?? throw new JsonException("a loss must be the text of an expression.");
        try
        {
            return LossExpression.ParseGrammar(text);
        }
        catch (LossExpressionException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, LossExpression value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
