using System.Globalization;
using System.Text;
using static Mingling.Corpora.Phonetics.SoundFeature;

namespace Mingling.Corpora.Phonetics;

/// <summary>Reads the International Phonetic Alphabet, composed or decomposed, with or without stress, ties and brackets.</summary>
/// <remarks>
/// Two equal consonants beside each other are one long one. A tone, in Chao's digits or letters or as an accent, belongs to the vowels of
/// the syllable that it follows.
/// </remarks>
internal sealed class IpaReader
{
    private readonly List<Sound> _sounds = [];
    private readonly List<string> _unknown = [];
    private readonly List<int> _tone = [];
    private double _stress;
    private bool _tied, _bare;

    /// <summary>Reads a transcription.</summary>
    /// <param name="ipa">The transcription.</param>
    /// <exception cref="FormatException">There is no sound in it.</exception>
    public static PhoneticForm Read(string ipa)
    {
        var reader = new IpaReader();
        foreach (var rune in Accents.Decompose(ipa).EnumerateRunes()) reader.Symbol(rune.ToString());
        reader.EndTone();
        reader.JoinEqual();
        if (reader._sounds.Count == 0) throw new FormatException($"'{ipa}' has no sound.");
        return new PhoneticForm(ipa, reader._sounds, [.. reader._unknown.Distinct()]);
    }

    private void Symbol(string symbol)
    {
        char mark = symbol[0];
        if (symbol.Length == 1 && IpaMarks.Tones.TryGetValue(mark, out int[]? levels))
        {
            if (LastVowel() < 0) _unknown.Add(symbol);
            else _tone.AddRange(levels);
            return;
        }
        if (!IpaMarks.Ties.Contains(mark) && CharUnicodeInfo.GetUnicodeCategory(symbol, 0) != UnicodeCategory.NonSpacingMark) EndTone();
        if (IpaLetters.Find(symbol) is { } letter) Letter(letter);
        else if (symbol.Length == 1 && IpaMarks.Stress.TryGetValue(mark, out double stress)) (_stress, _bare) = (stress, false);
        else if (IpaMarks.Ties.Contains(symbol, StringComparison.Ordinal)) _tied = _sounds.Count > 0;
        else if (IpaMarks.WithoutEffect.Contains(symbol, StringComparison.Ordinal) || Rune.IsWhiteSpace(Rune.GetRuneAt(symbol, 0))) _bare = false;
        else if (!Mark(symbol)) Unknown(symbol);
    }

    private void Letter(Sound letter)
    {
        if (letter.IsSyllabic) letter = Stressed(letter);
        if (_sounds.Count > 0 && (_tied || _bare) && IpaLetters.IsAffricate(_sounds[^1], letter, _tied))
            _sounds[^1] = IpaLetters.AsAffricate(_sounds[^1], letter, _sounds[^1].Text + letter.Text);
        else
            _sounds.Add(letter);
        (_tied, _bare) = (false, true);
    }

    /// <summary>Lets a mark change the letter before it; false where there is none or the mark is not known.</summary>
    private bool Mark(string symbol)
    {
        if (_sounds.Count == 0) return false;
        var sound = _sounds[^1];
        string text = sound.Text + symbol;
        char mark = symbol[0];
        if (IpaMarks.Features.TryGetValue(mark, out var set)) sound = sound.With(text, set.Feature, set.Value);
        else if (IpaMarks.Moves.TryGetValue(mark, out var move)) sound = sound.With(text, move.Feature, Math.Clamp(sound[move.Feature] + move.Step, 0, 1));
        else if (mark == IpaMarks.Centralized) sound = sound.With(text, Backness, (sound[Backness] + 0.5) / 2);
        else if (IpaMarks.Syllabic.Contains(mark)) sound = Stressed(new Sound(text, sound.Kind, sound.CopyFeatures()) { IsSyllabic = true });
        else if (IpaMarks.NonSyllabic.Contains(mark)) sound = new Sound(text, sound.Kind, sound.CopyFeatures());
        else return false;
        _sounds[^1] = sound;
        _bare = false;
        return true;
    }

    private void Unknown(string symbol)
    {
        _unknown.Add(symbol);
        if (!Rune.IsLetter(Rune.GetRuneAt(symbol, 0)) || CharUnicodeInfo.GetUnicodeCategory(symbol, 0) == UnicodeCategory.ModifierLetter) return;
        _sounds.Add(new Sound(symbol, SoundKind.Unknown, new double[Sound.Features]));
        (_tied, _bare) = (false, false);
    }

    private Sound Stressed(Sound sound)
    {
        var stressed = sound.With(sound.Text, Stress, _stress);
        _stress = 0;
        return stressed;
    }

    private void JoinEqual()
    {
        for (int i = _sounds.Count - 1; i > 0; i--)
        {
            if (_sounds[i].Kind != SoundKind.Consonant || !_sounds[i].HasFeaturesOf(_sounds[i - 1])) continue;
            _sounds[i - 1] = _sounds[i].With(_sounds[i - 1].Text + _sounds[i].Text, Length, 1);
            _sounds.RemoveAt(i);
        }
    }

    /// <summary>Gives the tone that was read to the vowels of the syllable before it.</summary>
    private void EndTone()
    {
        if (_tone.Count == 0) return;
        for (int i = LastVowel(); i >= 0 && _sounds[i].IsSyllabic; i--)
            _sounds[i] = _sounds[i].With(_sounds[i].Text, ToneStart, Level(0)).With(_sounds[i].Text, ToneMiddle, Level(0.5)).With(_sounds[i].Text, ToneEnd, Level(1));
        _tone.Clear();

        double Level(double at)
        {
            double place = at * (_tone.Count - 1);
            int before = (int)place, after = Math.Min(before + 1, _tone.Count - 1);
            return (_tone[before] + (place - before) * (_tone[after] - _tone[before]) - 1) / 4;
        }
    }

    private int LastVowel() => _sounds.FindLastIndex(sound => sound.IsSyllabic);
}
