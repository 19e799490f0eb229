/* The stream: blocks of samples, the room before and after them, the voice gate, windows. Blocks and frames are counted from the beginning
   of the lead, the sound of the room that lies before the first sample. */

#define NEVER (INT64_MIN / 2)

static void compute_lead_frame(BOARD_spotter *s, int64_t frame);
static void evaluate(BOARD_spotter *s, int64_t step);

static float real_of(board_sample x)
{
#if BOARD_RESAMPLES
    return x;
#else
    return (float)x / 32768.0f;
#endif
}

/* --- power and mean of blocks --- */

static float power_of(double sum, double squares)
{
    const double mean = sum / BOARD_HOP, power = squares / BOARD_HOP - mean * mean;
    return power > 0.0 ? (float)power : 0.0f;
}

static float block_power(const float *block)
{
    double sum = 0.0, squares = 0.0;
    for (int i = 0; i < BOARD_HOP; i++) {
        sum += (double)block[i];
        squares += (double)block[i] * (double)block[i];
    }
    return power_of(sum, squares);
}

/* --- the room: the quietest block of the last window, repeated with random signs --- */

/* Keeps the block if it is quieter than all that follow it; of those that wait, the quietest comes first. */
static void room_add(BOARD_spotter *s, const float *block, float power)
{
    BOARD_room *room = &s->room;
    while (room->count > 0 && room->born[room->order[0]] <= room->blocks - BOARD_FRAMES) {
        room->count--;
        memmove(room->order, room->order + 1, room->count);
    }
    while (room->count > 0 && room->power[room->order[room->count - 1]] >= power) room->count--;
    if (room->count == BOARD_ROOM_BLOCKS) {
        /* Too many wait: but for the quietest, of the two whose powers are in the smallest ratio the earlier one goes. */
        int alike = room->count - 1;
        for (int i = 1; i + 1 < room->count; i++) {
            const float *power = room->power;
            const uint8_t *order = room->order;
            if (alike + 1 == room->count || power[order[i + 1]] * power[order[alike]] < power[order[alike + 1]] * power[order[i]]) alike = i;
        }
        room->count--;
        memmove(room->order + alike, room->order + alike + 1, (size_t)(room->count - alike));
    }
    uint8_t slot = 0;
    for (int i = 0; i < room->count; i++) {
        if (room->order[i] != slot) continue;
        slot++;
        i = -1;
    }
    for (int i = 0; i < BOARD_HOP; i++) {
#if BOARD_RESAMPLES
        room->samples[slot][i] = block[i];
#else
        room->samples[slot][i] = (int16_t)(block[i] * 32768.0f);
#endif
    }
    room->power[slot] = power;
    room->born[slot] = room->blocks++;
    room->order[room->count++] = slot;
}

/* Remembers the quietest block; silence where there is none. */
static void room_choose(BOARD_spotter *s, int silent)
{
    double sum = 0.0;
    if (silent || s->room.count == 0) memset(s->tone, 0, sizeof s->tone);
    else memcpy(s->tone, s->room.samples[s->room.order[0]], sizeof s->tone);
    for (int i = 0; i < BOARD_HOP; i++) sum += (double)real_of(s->tone[i]);
    s->tone_mean = (float)(sum / BOARD_HOP);
}

/* The signs of the blocks, a bit each. */
static float sign_of(int block) { return (room_signs[block / 8] >> (block % 8)) & 1 ? 1.0f : -1.0f; }

static float room_sample(const BOARD_spotter *s, int64_t place)
{
    const int block = (int)(place / BOARD_HOP);
    return s->tone_mean + sign_of(block) * (real_of(s->tone[place % BOARD_HOP]) - s->tone_mean);
}

/* --- the gate: levels of blocks, the noise floor, the loudest stretch --- */

static float level_of(const BOARD_spotter *s, int64_t block) { return s->levels[block % BOARD_LEVELS]; }

static void gate_push(BOARD_spotter *s, float power)
{
    float mean = 0.0f;
    s->powers[s->blocks % 3] = power;
    for (int i = 0; i < 3; i++) mean += s->powers[i] / 3.0f;
    float level = 10.0f * log10f(mean);
    if (!(level > BOARD_SILENCE_DB)) level = BOARD_SILENCE_DB;
    s->levels[s->blocks % BOARD_LEVELS] = level;
    s->floor_db = level < s->floor_db + BOARD_RISE_DB ? level : s->floor_db + BOARD_RISE_DB;
    if (level > BOARD_SILENCE_DB) {
        s->last_audible = s->blocks;
        if (level >= s->floor_db + BOARD_MARGIN_DB) s->last_active = s->blocks;
    }
    s->blocks++;
}

static int64_t reach(const BOARD_spotter *s, int64_t block, int direction, int64_t end, float limit)
{
    int64_t reached = block;
    for (int64_t at = block; (end - at) * direction >= 0 && (at - reached) * direction <= BOARD_LONGEST_GAP + 1; at += direction)
        if (level_of(s, at) >= limit) reached = at;
    return reached;
}

/* From the loudest block to both sides, across short gaps, as far as blocks stand out. */
static void loudest_stretch(const BOARD_spotter *s, int64_t from, int64_t to, int64_t *first, int64_t *last)
{
    if (from < s->blocks - BOARD_LEVELS) from = s->blocks - BOARD_LEVELS;
    if (from < 0) from = 0;
    if (to > s->blocks - 1) to = s->blocks - 1;
    if (to < from) to = from;
    int64_t loudest = from;
    for (int64_t block = from; block <= to; block++)
        if (level_of(s, block) > level_of(s, loudest)) loudest = block;
    const float peak = level_of(s, loudest), middle = (peak + s->floor_db) / 2.0f;
    const float limit = peak - 25.0f > middle ? peak - 25.0f : middle;
    *first = reach(s, loudest, -1, from, limit);
    *last = reach(s, loudest, 1, to, limit);
}

/* --- frames --- */

static int is_settled(int64_t frame, int64_t samples)
{
    const int64_t start = BOARD_FIRST_SAMPLE + frame * BOARD_HOP;
    return frame * BOARD_HOP + BOARD_SETTLED <= samples && (start >= 0 || -start - BOARD_MIRROR_REPEATS < samples);
}

static void store_frame(BOARD_spotter *s, int64_t frame, const float *values)
{
    board_feature *row = s->features[frame % BOARD_RING];
    for (int i = 0; i < BOARD_BINS; i++) {
#if BOARD_FEATURE_STEPS
        const float steps = rintf(values[i] * BOARD_FEATURE_STEPS);
        row[i] = (int16_t)(steps < -32767.0f ? -32767.0f : steps > 32767.0f ? 32767.0f : steps);
#else
        row[i] = values[i];
#endif
    }
}

static float feature_of(board_feature stored)
{
#if BOARD_FEATURE_STEPS
    return (float)stored / BOARD_FEATURE_STEPS;
#else
    return stored;
#endif
}

/* A frame that reaches into the lead, or before it, where the sound is mirrored. */
static void compute_lead_frame(BOARD_spotter *s, int64_t frame)
{
    float *samples = s->scratch;
    for (int n = 0; n < BOARD_WINDOW; n++) {
        int64_t place = BOARD_FIRST_SAMPLE + frame * BOARD_HOP + n;
        if (place < 0) place = -place - BOARD_MIRROR_REPEATS;
        samples[n] = place < BOARD_LEAD * BOARD_HOP ? room_sample(s, place) : real_of(s->head[place - BOARD_LEAD * BOARD_HOP]);
    }
    float values[BOARD_BINS];
    compute_frame(samples, s->scratch + BOARD_SAMPLES_SCRATCH, values);
    store_frame(s, frame, values);
}

/* The frames that the last block settles. */
static void compute_frames(BOARD_spotter *s)
{
    const int64_t written = s->block_count * BOARD_HOP;
    for (; is_settled(s->next_frame, written); s->next_frame++) {
        /* The history ends with the last block. */
        const int64_t back = written - (BOARD_FIRST_SAMPLE + s->next_frame * BOARD_HOP);
        float values[BOARD_BINS];
        memcpy(s->scratch, s->history + BOARD_HISTORY - back, sizeof(float) * BOARD_WINDOW);
        compute_frame(s->scratch, s->scratch + BOARD_SAMPLES_SCRATCH, values);
        store_frame(s, s->next_frame, values);
    }
}

/* --- blocks --- */

/* A block of the lead, the sound or the tail: the gate hears it, and windows that it completes are evaluated. */
static void add_block(BOARD_spotter *s, float power)
{
    gate_push(s, power);
    if (s->blocks < BOARD_FIRST_BLOCKS || (s->blocks - BOARD_FIRST_BLOCKS) % BOARD_STEP != 0) return;
    while (is_settled(s->frames, s->blocks * BOARD_HOP)) {
        if (s->frames < BOARD_LEAD_FRAMES) compute_lead_frame(s, s->frames);
#ifdef BOARD_TRACE
        float values[BOARD_BINS];
        for (int i = 0; i < BOARD_BINS; i++) values[i] = feature_of(s->features[s->frames % BOARD_RING][i]);
        BOARD_trace_frame(values);
#endif
        s->frames++;
        if (s->frames >= BOARD_FRAMES && (s->frames - BOARD_FRAMES) % BOARD_STEP == 0) evaluate(s, (s->frames - BOARD_FRAMES) / BOARD_STEP);
    }
}

/* Puts the room, or silence, before the blocks that were held back, and goes on with them. */
static void begin(BOARD_spotter *s, int silent)
{
    float power[2];
    s->has_begun = 1;
    room_choose(s, silent);
    for (int sign = 0; sign < 2; sign++) {
        for (int i = 0; i < BOARD_HOP; i++) s->scratch[i] = s->tone_mean + (sign ? 1.0f : -1.0f) * (real_of(s->tone[i]) - s->tone_mean);
        power[sign] = block_power(s->scratch);
    }
    for (int block = 0; block < BOARD_LEAD; block++) add_block(s, power[sign_of(block) > 0.0f]);
    for (int block = 0; block < s->held; block++) add_block(s, s->held_power[block]);
}

static void take_block(BOARD_spotter *s, float power)
{
    const float *block = s->history + BOARD_HISTORY - BOARD_HOP;
    const int64_t place = (s->block_count - BOARD_LEAD) * BOARD_HOP;
    for (int i = 0; i < BOARD_HOP && place + i < BOARD_HEAD; i++) {
#if BOARD_RESAMPLES
        s->head[place + i] = block[i];
#else
        s->head[place + i] = (int16_t)(block[i] * 32768.0f);
#endif
    }
    s->block_count++;
    compute_frames(s);
    if (!s->is_complete) room_add(s, block, power);
    if (s->has_begun) {
        add_block(s, power);
    } else {
        s->held_power[s->held++] = power;
        if (s->held == BOARD_FIRST_BLOCKS) begin(s, 0);
    }
    memmove(s->history, s->history + BOARD_HOP, sizeof(float) * (BOARD_HISTORY - BOARD_HOP));
}

/* The next sample at the rate of the front end. */
static void take_sample(BOARD_spotter *s, float x)
{
    float *block = s->history + BOARD_HISTORY - BOARD_HOP;
    block[s->filled++] = x;
    if (s->filled < BOARD_HOP) return;
    s->filled = 0;
#if !BOARD_RESAMPLES
    if (!s->is_complete) {
        /* Whole numbers give the same sums sooner. */
        take_block(s, power_of((double)s->sum / 32768.0, (double)s->squares / 1073741824.0));
        s->sum = 0;
        s->squares = 0;
        return;
    }
#endif
    take_block(s, block_power(block));
}

#if BOARD_RESAMPLES
/* The next sample of the microphone: gives every sample of the front end that it completes. */
static void resample(BOARD_spotter *s, float x)
{
    const int place = (int)(s->input_count++ % BOARD_TAPS);
    s->input[place] = s->input[place + BOARD_TAPS] = x;
    while (s->output_count < s->output_limit && s->output_block + resampler_first[s->output_phase] + BOARD_TAPS <= s->input_count) {
        const float *from = s->input + s->input_count % BOARD_TAPS, *weights = resampler_weights + (size_t)s->output_phase * BOARD_TAPS;
        float sums[8] = { 0.0f };
        for (int i = 0; i < BOARD_TAPS; i += 8)
            for (int lane = 0; lane < 8; lane++) sums[lane] += from[i + lane] * weights[i + lane];
        for (int lane = 0; lane < 4; lane++) sums[lane] += sums[lane + 4];
        s->output_count++;
        if (++s->output_phase == BOARD_RATE_TO) {
            s->output_phase = 0;
            s->output_block += BOARD_RATE_FROM;
        }
        take_sample(s, sums[0] + sums[1] + (sums[2] + sums[3]));
    }
}
#endif

static double duration_of(const BOARD_spotter *s) { return (double)s->received / BOARD_MICROPHONE_RATE; }

void BOARD_init(BOARD_spotter *s, BOARD_handler heard, void *context)
{
    memset(s, 0, sizeof *s);
    s->heard = heard;
    s->context = context;
    s->block_count = BOARD_LEAD;
    s->next_frame = BOARD_LEAD_FRAMES;
    s->last_active = s->last_audible = NEVER;
    s->evaluated_up_to = -1;
    s->floor_db = BOARD_SILENCE_DB;
#if BOARD_RESAMPLES
    s->output_limit = INT64_MAX;
#endif
    s->last_decision = NEVER;
    for (int i = 0; i < BOARD_CLASSES; i++) s->decided_at[i] = NEVER;
}

void BOARD_push(BOARD_spotter *s, const int16_t *samples, size_t count)
{
    if (s->is_complete) return;
    s->received += (int64_t)count;
    for (size_t i = 0; i < count; i++) {
#if BOARD_RESAMPLES
        resample(s, (float)samples[i] / 32768.0f);
#else
        s->sum += samples[i];
        s->squares += (int32_t)samples[i] * samples[i];
        take_sample(s, (float)samples[i] / 32768.0f);
#endif
    }
}

void BOARD_finish(BOARD_spotter *s)
{
    if (s->is_complete) return;
    if (s->received == 0) {
        s->is_complete = 1;
        return;
    }
    const double duration = duration_of(s);
    const double lacking = (BOARD_FIRST_BLOCKS - BOARD_LEAD) * BOARD_FRAME_SECONDS - duration;
    const int64_t tail = (int64_t)ceil(((lacking > 0.0 ? lacking : 0.0) + BOARD_TAIL_SECONDS) * BOARD_RATE) + BOARD_HOP;
    s->is_complete = 1;
    /* A stream shorter than a window lies in silence. */
    const int is_short = !s->has_begun;
    if (is_short) begin(s, 1);
    else room_choose(s, 0);
#if BOARD_RESAMPLES
    s->output_limit = (s->received * BOARD_RATE_TO + BOARD_RATE_FROM - 1) / BOARD_RATE_FROM;
    while (s->output_count < s->output_limit) resample(s, 0.0f);
#endif
    for (int64_t i = 0; i < tail; i++) take_sample(s, is_short ? 0.0f : room_sample(s, i));
}

/* --- windows --- */

/* Computes the network on the frames of a step; before the window its first frame is repeated. */
static void run_network(BOARD_spotter *s, int64_t first, int64_t from)
{
    float *x = s->scratch + BOARD_FEATURES_PLACE;
    for (int i = 0; i < BOARD_NETWORK_FRAMES; i++) {
        const board_feature *frame = s->features[(from + i < first ? first : from + i) % BOARD_RING];
        for (int bin = 0; bin < BOARD_BINS; bin++) x[bin * BOARD_NETWORK_FRAMES + i] = feature_of(frame[bin]);
    }
    network(s);
}

/* Evaluates the network on the last window: on the frames since the window before it, or anew from silence. */
static void run_window(BOARD_spotter *s)
{
    const int64_t first = s->frames - BOARD_FRAMES;
    int64_t from = first - (BOARD_WHOLE_FRAMES - BOARD_FRAMES);
#if BOARD_STEPWISE
    if (s->evaluated_up_to == s->frames - BOARD_STEP) from = s->frames - BOARD_STEP;
    else
#endif
        reset_network(s);
    for (; from < s->frames; from += BOARD_NETWORK_FRAMES) run_network(s, first, from);
    s->evaluated_up_to = s->frames;
}

static void evaluate(BOARD_spotter *s, int64_t step)
{
    const int64_t first = s->frames - BOARD_FRAMES, after_lead = step * BOARD_STEP - BOARD_LEAD;
    double time = (double)(BOARD_FIRST_BLOCKS + (after_lead > 0 ? after_lead : 0)) * BOARD_FRAME_SECONDS;
    float scores[BOARD_CLASSES] = { 0.0f };
    int is_evaluated = s->last_audible >= first;
#if BOARD_HAS_GATE
    is_evaluated = is_evaluated && s->last_active >= first - BOARD_HANGOVER;
#endif
    if (is_evaluated) {
        run_window(s);
        score_window(s, scores);
    }
    if (s->is_complete && time > duration_of(s)) time = duration_of(s);
#ifdef BOARD_TRACE
    BOARD_trace_step(time, is_evaluated, scores);
#endif

    float score;
    const int word = decide(s, scores, &score);
    if (word < 0) return;
    int64_t from, to;
    BOARD_event event;
    loudest_stretch(s, first, s->frames - 1, &from, &to);
    event.word = word;
    event.time = time;
    event.start = from > BOARD_LEAD ? (double)(from - BOARD_LEAD) * BOARD_FRAME_SECONDS : 0.0;
    event.end = to + 1 > BOARD_LEAD ? (double)(to + 1 - BOARD_LEAD) * BOARD_FRAME_SECONDS : 0.0;
    if (event.end > duration_of(s)) event.end = duration_of(s);
    if (event.end > time) event.end = time;
    event.score = score;
#if BOARD_CALIBRATED
    event.false_alarms_per_hour = false_alarms_per_hour[word];
#else
    event.false_alarms_per_hour = -1.0f;
#endif
    if (s->heard) s->heard(s->context, &event);
}
