/* With BOARD_TRACE defined, each frame and the scores of each window are handed to functions of the program, for tests. */
#ifdef BOARD_TRACE
void BOARD_trace_frame(const float *frame);
void BOARD_trace_step(double time, int is_evaluated, const float *scores);
#endif
