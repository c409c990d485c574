# The live screen: surface (a grid of cells) and views know no terminal; only curses.cpp knows ncurses.
add_library(ptop_tui STATIC
  tui.cpp curses.cpp live_follow.cpp scanner.cpp surface.cpp keymap.cpp process_list.cpp event_log.cpp
  app.cpp app_draw.cpp app_follow.cpp app_menu.cpp app_prompt.cpp
  views/meters.cpp views/process_list.cpp views/command_cell.cpp views/events.cpp views/overlay.cpp)
target_include_directories(ptop_tui PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(ptop_tui PUBLIC ptop_model ptop_render ptop_follow PRIVATE ${CURSES_LIBRARIES})
target_include_directories(ptop_tui SYSTEM PRIVATE ${CURSES_INCLUDE_DIRS})
ptop_settings(ptop_tui)
