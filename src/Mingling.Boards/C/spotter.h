/* What a stream remembers; nothing of it is for the program that uses it. */

typedef BOARD_SAMPLE_TYPE board_sample;
typedef BOARD_FEATURE_TYPE board_feature;

/* Quiet blocks, of which the quietest is the room. */
typedef struct {
    int64_t born[BOARD_ROOM_BLOCKS], blocks;
    float power[BOARD_ROOM_BLOCKS];
    uint8_t order[BOARD_ROOM_BLOCKS], count;
    board_sample samples[BOARD_ROOM_BLOCKS][BOARD_HOP];
} BOARD_room;

/* The state of one stream. Set it up with BOARD_init; it may lie in static memory or on the stack, and may be copied. */
typedef struct BOARD_spotter {
    BOARD_handler heard;
    void *context;
    int64_t received, blocks, block_count, frames, next_frame, steps;
    int64_t last_active, last_audible, evaluated_up_to, last_decision, decided_at[BOARD_CLASSES];
    int64_t sum, squares;
#if BOARD_RESAMPLES
    int64_t input_count, output_count, output_block, output_limit;
    int output_phase;
    float input[2 * BOARD_TAPS];
#endif
    int filled, held, has_begun, is_complete;
    float floor_db, tone_mean, powers[3];
    float levels[BOARD_LEVELS], held_power[BOARD_FIRST_BLOCKS];
    float recent[BOARD_SMOOTHING_STEPS][BOARD_CLASSES], smoothed[BOARD_MAXIMUM_STEPS][BOARD_CLASSES];
    board_sample tone[BOARD_HOP], head[BOARD_HEAD];
    float history[BOARD_HISTORY];
    board_feature features[BOARD_RING][BOARD_BINS];
    BOARD_room room;
    float scratch[BOARD_SCRATCH];
BOARD_MEMORY
} BOARD_spotter;
