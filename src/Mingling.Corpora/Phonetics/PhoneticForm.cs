namespace Mingling.Corpora.Phonetics;

/// <summary>How a word is spoken.</summary>
/// <param name="Ipa">The word in the International Phonetic Alphabet, as it was given or from another notation.</param>
/// <param name="Sounds">Its sounds in order, at least one.</param>
/// <param name="UnknownSymbols">
/// Symbols that are not of the alphabet, each once. A letter among them is a sound that is like no other but itself; a mark is left out.
/// </param>
public sealed record PhoneticForm(string Ipa, IReadOnlyList<Sound> Sounds, IReadOnlyList<string> UnknownSymbols);
