using Microsoft.Extensions.Options;

namespace Mingling.AspNetCore;

/// <summary>Refuses wrong options when the program starts, all problems at once.</summary>
internal sealed class MinglingOptionsCheck : IValidateOptions<MinglingOptions>
{
    public ValidateOptionsResult Validate(string? name, MinglingOptions options) =>
        options.Problems().Select(problem => problem.TrimEnd('.')).ToArray() is { Length: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
