/* What a Cortex-M does from its reset on: floating-point unit, memory, main. */

#include <stdint.h>
#include <string.h>

extern uint32_t stack_bottom[], stack_fill_end[], stack_top[], data_start[], data_end[], data_source[], bss_start[], bss_end[];
extern int main(void);
#ifdef SEMIHOSTING
extern void initialise_monitor_handles(void);
extern void exit(int);

/* What newlib calls at the end; there is nothing to do. */
void _init(void) { }
void _fini(void) { }
#endif

void reset(void);

static void fault(void)
{
#ifdef SEMIHOSTING
    exit(99);
#endif
    for (;;) { }
}

/* The stack, then what is called at the reset and at each fault. */
typedef struct {
    const void *stack;
    void (*handlers[15])(void);
} vectors_t;

__attribute__((section(".vectors"), used)) static const vectors_t vectors = { stack_top, { reset, fault, fault, fault, fault, fault } };

void reset(void)
{
    *(volatile uint32_t *)0xE000ED88u |= 0xFu << 20; /* CPACR: the floating-point unit on */
    memcpy(data_start, data_source, (size_t)((char *)data_end - (char *)data_start));
    memset(bss_start, 0, (size_t)((char *)bss_end - (char *)bss_start));
#ifdef SEMIHOSTING
    for (uint32_t *place = stack_bottom; place < stack_fill_end; place++) *place = 0xDEADBEEFu;
    initialise_monitor_handles();
    exit(main());
#else
    main();
    for (;;) { }
#endif
}
