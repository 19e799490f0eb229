namespace Mingling.Corpora.Speech;

/// <summary>A word, and what is said for it where that is something else.</summary>
/// <param name="Word">The word.</param>
/// <param name="Text">What is said: the word itself, another spelling, or pinyin.</param>
/// <param name="Language">The language of the text, such as <c>en</c> or <c>cmn</c>; null where it is not named.</param>
public sealed record WordToSay(string Word, string Text, string? Language);
