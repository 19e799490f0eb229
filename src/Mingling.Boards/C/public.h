/* TITLE */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The rate of the samples in hertz. */
#define BOARD_SAMPLE_RATE RATE_NUMBER

/* How many words there are. */
#define BOARD_WORDS WORDS_NUMBER

/* The words in UTF-8; those in underscores stand for what is no command and are never reported. */
extern const char *const BOARD_words[BOARD_WORDS];

/* A word that was heard. Times are in seconds since the stream began. */
typedef struct {
    int word;                    /* its place in BOARD_words */
    double time;                 /* when it was decided */
    double start, end;           /* where it probably lies */
    float score;                 /* its largest smoothed score, 0 to 1 */
    float false_alarms_per_hour; /* counted at its threshold; negative where it was not calibrated */
} BOARD_event;

/* Receives a word during BOARD_push or BOARD_finish. The event is valid during the call. */
typedef void (*BOARD_handler)(void *context, const BOARD_event *event);

/* STATE */

/* Begins a stream. The handler may be NULL; the context is handed to it. */
void BOARD_init(BOARD_spotter *spotter, BOARD_handler heard, void *context);

/* Hears the next samples, any number of them; how they are divided changes nothing. */
void BOARD_push(BOARD_spotter *spotter, const int16_t *samples, size_t count);

/* Ends a stream that has an end, so that its last word is heard; BOARD_init begins another one. */
void BOARD_finish(BOARD_spotter *spotter);

#ifdef __cplusplus
}
#endif

#endif
