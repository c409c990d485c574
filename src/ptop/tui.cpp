// tui
