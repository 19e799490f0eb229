/* A board in an emulator: hears sound.raw from the machine around it, writes frames, scores and events there, and the deepest stack. */

#include "commands.h"

#include <stdio.h>

extern uint32_t stack_bottom[], stack_top[];
static FILE *features, *scores;
static commands_event heard_events[256];
static int count_of_events;

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
    if (count_of_events < 256) heard_events[count_of_events++] = *event;
}

static int write_events(void)
{
    FILE *events = fopen("events", "w");
    if (!events) return 2;
    for (int i = 0; i < count_of_events; i++) {
        const commands_event *event = heard_events + i;
        fprintf(events, "%s\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\n", commands_words[event->word], event->time, event->start, event->end, (double)event->score,
            (double)event->false_alarms_per_hour);
    }
    return fclose(events);
}

/* start.c fills the stack with a pattern; what is left of it was never used. */
static unsigned long stack_left(void)
{
    const uint32_t *place = stack_bottom;
    while (place < stack_top && *place == 0xDEADBEEFu) place++;
    return (unsigned long)(4 * (place - stack_bottom));
}

int main(void)
{
    static commands_spotter spotter;
    unsigned long left;
    static int16_t samples[320];
    size_t count;
    FILE *sound = fopen("sound.raw", "rb");
    features = fopen("features", "wb");
    scores = fopen("scores", "wb");
    if (!sound || !features || !scores) return 2;
    commands_init(&spotter, heard, NULL);
    while ((count = fread(samples, sizeof samples[0], 320, sound)) > 0) commands_push(&spotter, samples, count);
    commands_finish(&spotter);
    left = stack_left();
    printf("state %lu\nstack %lu\n", (unsigned long)sizeof spotter, (unsigned long)((const char *)stack_top - (const char *)stack_bottom) - left);
    return fclose(features) || fclose(scores) || write_events();
}
