/* Pushes raw 16-bit samples in pieces of the given sizes, in turn, and writes frames, scores and events.

       harness SOUND FEATURES SCORES EVENTS PIECE… */

#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

static FILE *features, *scores, *events;

void commands_trace_frame(const float *frame) { fwrite(frame, sizeof(float), BINS, features); }

void commands_trace_step(double time, int is_evaluated, const float *values)
{
    (void)time;
    (void)is_evaluated;
    fwrite(values, sizeof(float), COMMANDS_WORDS, scores);
}

static void heard(void *context, const commands_event *event)
{
    (void)context;
    fprintf(events, "%s\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\n", commands_words[event->word], event->time, event->start, event->end, (double)event->score,
        (double)event->false_alarms_per_hour);
}

int main(int argc, char **argv)
{
    static commands_spotter spotter;
    static int16_t samples[1 << 20];
    FILE *sound = fopen(argv[1], "rb");
    features = fopen(argv[2], "wb");
    scores = fopen(argv[3], "wb");
    events = fopen(argv[4], "w");
    if (argc < 6 || !sound || !features || !scores || !events) return 2;
    commands_init(&spotter, heard, NULL);
    for (int piece = 5;; piece = piece + 1 < argc ? piece + 1 : 5) {
        const size_t wanted = (size_t)atol(argv[piece]), count = fread(samples, sizeof samples[0], wanted, sound);
        commands_push(&spotter, samples, count);
        if (count < wanted) break;
    }
    commands_finish(&spotter);
    return fclose(features) || fclose(scores) || fclose(events);
}
