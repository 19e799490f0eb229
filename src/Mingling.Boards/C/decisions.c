/* From the outputs of the network to scores, and from scores to decisions. */

#if BOARD_ENROLLED || BOARD_GEOMETRY || BOARD_VERIFIERS
static float product(int count, const float *a, const float *b)
{
    float sum = 0.0f;
    for (int i = 0; i < count; i++) sum += a[i] * b[i];
    return sum;
}

#if BOARD_ENROLLED || BOARD_GEOMETRY
/* The cosine of the angle between a direction of length 1 and a vector. */
static float cosine_of(const float *direction, const float *x)
{
    const float length = sqrtf(product(BOARD_EMBEDDING, x, x));
    if (!(length > 0.0f)) return 0.0f;
    const float cosine = product(BOARD_EMBEDDING, direction, x) / length;
    return cosine > 1.0f ? 1.0f : cosine < -1.0f ? -1.0f : cosine;
}
#endif
#endif

#if BOARD_GEOMETRY
/* Lowers the posteriors of words whose embeddings lie far from the present one. */
static void apply_geometry(const float *embedding, float *scores)
{
    float centered[BOARD_EMBEDDING], whitened[BOARD_EMBEDDING];
    for (int i = 0; i < BOARD_EMBEDDING; i++) centered[i] = embedding[i] - geometry_mean[i];
    for (int i = 0; i < BOARD_EMBEDDING; i++) whitened[i] = product(BOARD_EMBEDDING, geometry_whitening + (size_t)i * BOARD_EMBEDDING, centered);
    for (int word = 0; word < BOARD_GEOMETRY; word++)
        scores[geometry_class[word]] *= expf(BOARD_GEOMETRY_WEIGHT * (cosine_of(geometry_directions + (size_t)word * BOARD_EMBEDDING, whitened) - 1.0f));
}
#endif

#if BOARD_BACKGROUND
/* Whether any command was said decides about the score, which one about the share of it. */
static void apply_background(float *scores)
{
    float commands = 0.0f, others = 0.0f, best = 0.0f;
    for (int c = 0; c < BOARD_TRAINED; c++) {
        if (!is_command[c]) {
            others += scores[c];
            continue;
        }
        commands += scores[c];
        if (scores[c] > best) best = scores[c];
    }
    if (!(best > 0.0f)) return;
    const float certainty = 1.0f / (1.0f + expf((logf(others + 1e-9f) - logf(commands + 1e-9f)) / BOARD_BACKGROUND_TEMPERATURE));
    for (int c = 0; c < BOARD_TRAINED; c++)
        if (is_command[c]) scores[c] = certainty * scores[c] / best;
}
#endif

#if BOARD_VERIFIERS
/* Adds the log odds that a word is said as in some recordings of it to those of its score. */
static void apply_verifiers(const float *embedding, float *scores)
{
    const float length = sqrtf(product(BOARD_EMBEDDING, embedding, embedding));
    if (!(length > 0.0f)) return;
    for (int i = 0; i < BOARD_VERIFIERS; i++) {
        float *score = scores + verifier_class[i];
        const float own = product(BOARD_EMBEDDING, verifier_weights + (size_t)i * BOARD_EMBEDDING, embedding) / length + verifier_bias[i];
        *score = 1.0f / (1.0f + expf(-(logf(*score + 1e-9f) - logf(1.0f - *score + 1e-9f) + own)));
    }
}
#endif

/* The scores of all words: trained ones from the posteriors, enrolled ones from the nearest of their prototypes. */
static void score_window(const BOARD_spotter *s, float *scores)
{
    memcpy(scores, s->scratch + BOARD_SCORES_PLACE, sizeof(float) * BOARD_TRAINED);
#if BOARD_GEOMETRY
    apply_geometry(s->scratch + BOARD_EMBEDDING_PLACE, scores);
#endif
#if BOARD_BACKGROUND
    apply_background(scores);
#endif
#if BOARD_ENROLLED
    float largest = 0.0f;
    int is_accepted = 0, prototype = 0;
    for (int i = 0; i < BOARD_ENROLLED; i++) {
        float similar = -1.0f;
        for (; prototype < enrolled_ends[i]; prototype++) {
            const float cosine = cosine_of(enrolled_directions + (size_t)prototype * BOARD_EMBEDDING, s->scratch + BOARD_EMBEDDING_PLACE);
            if (cosine > similar) similar = cosine;
        }
        const float score = 1.0f / (1.0f + expf(-12.0f * (similar - enrolled_thresholds[i])));
        scores[BOARD_TRAINED + i] = score;
        if (score > largest) largest = score;
        if (similar >= enrolled_thresholds[i]) is_accepted = 1;
    }
    if (is_accepted)
        for (int c = 0; c < BOARD_TRAINED; c++) scores[c] *= 1.0f - largest;
#endif
#if BOARD_VERIFIERS
    apply_verifiers(s->scratch + BOARD_EMBEDDING_PLACE, scores);
#endif
}

/* The mean of the last scores, and the largest mean of the recent past (Chen, Parada and Heigold 2014). */
static void smooth(BOARD_spotter *s, const float *scores)
{
    memcpy(s->recent[s->steps % BOARD_SMOOTHING_STEPS], scores, sizeof(float) * BOARD_CLASSES);
    s->steps++;
    const int64_t held = s->steps < BOARD_SMOOTHING_STEPS ? s->steps : BOARD_SMOOTHING_STEPS;
    for (int c = 0; c < BOARD_CLASSES; c++) {
        double sum = 0.0;
        for (int64_t step = s->steps - held; step < s->steps; step++) sum += (double)s->recent[step % BOARD_SMOOTHING_STEPS][c];
        s->smoothed[(s->steps - 1) % BOARD_MAXIMUM_STEPS][c] = (float)(sum / (double)held);
    }
}

static float recent_maximum(const BOARD_spotter *s, int word)
{
    float largest = 0.0f;
    int64_t step = s->steps - BOARD_MAXIMUM_STEPS;
    if (step < s->decided_at[word] + 1) step = s->decided_at[word] + 1;
    if (step < 0) step = 0;
    for (; step < s->steps; step++)
        if (s->smoothed[step % BOARD_MAXIMUM_STEPS][word] > largest) largest = s->smoothed[step % BOARD_MAXIMUM_STEPS][word];
    return largest;
}

/* The word whose mean is the largest among those that reach their thresholds; -1 for none. */
static int find_candidate(const float *mean)
{
    int best = -1;
    for (int c = 0; c < BOARD_CLASSES; c++)
        if (is_command[c] && mean[c] >= thresholds[c] && (best < 0 || mean[c] > mean[best])) best = c;
    return best;
}

/* The word that is reported after this step; -1 for none. */
static int decide(BOARD_spotter *s, const float *scores, float *score)
{
    const int64_t step = s->steps;
    smooth(s, scores);
    const int candidate = s->steps >= BOARD_SMOOTHING_STEPS ? find_candidate(s->smoothed[step % BOARD_MAXIMUM_STEPS]) : -1;
    if (candidate < 0 || step - s->decided_at[candidate] < BOARD_REFRACTORY_STEPS || step - s->last_decision < BOARD_OTHER_STEPS) return -1;
    *score = recent_maximum(s, candidate);
    s->decided_at[candidate] = s->last_decision = step;
    return candidate;
}
