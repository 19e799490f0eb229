/* --- tables --- */

#if BOARD_USES_PATCHES || BOARD_USES_POOL
/* The sizes of a convolution over [channels, rows, columns]. */
typedef struct {
    int16_t in_channels, in_rows, in_columns;
    int16_t out_channels, out_rows, out_columns;
    int16_t kernel_rows, kernel_columns;
    int16_t row_stride, column_stride, row_dilation, column_dilation, row_pad, column_pad;
    int16_t groups;
} sizes_t;
#endif

#if BOARD_USES_ZIP || BOARD_USES_MOVE || BOARD_USES_MOVE_BYTES
/* Two walks over four dimensions: how far apart neighbours lie in either. */
typedef struct {
    int32_t size[4], a[4], b[4];
} walk_t;
#endif
