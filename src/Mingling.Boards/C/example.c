/* Hears commands in raw sound on the standard input: 16-bit whole numbers of the machine's byte order, one channel, RATE_NUMBER Hz.
   One line for each word: seconds, word, score.

       arecord -q -t raw -f S16_LE -c 1 -r RATE_NUMBER | ./example */

#include "BOARD_name.h"

#include <stdio.h>

static void heard(void *context, const BOARD_event *event)
{
    (void)context;
    printf("%.2f\t%s\t%.3f\n", event->time, BOARD_words[event->word], (double)event->score);
    fflush(stdout);
}

int main(void)
{
    static BOARD_spotter spotter;
    int16_t samples[BOARD_SAMPLE_RATE / 50];
    size_t count;
    BOARD_init(&spotter, heard, NULL);
    while ((count = fread(samples, sizeof samples[0], sizeof samples / sizeof samples[0], stdin)) > 0) BOARD_push(&spotter, samples, count);
    BOARD_finish(&spotter);
    return 0;
}
