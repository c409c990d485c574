# The live screen: surface (a grid of cells) and views know no terminal; only curses.cpp knows ncurses.
add_library(ptop_tui STATIC tui.cpp)
target_include_directories(ptop_tui PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(ptop_tui PUBLIC ptop_model ptop_render ptop_follow PRIVATE ${CURSES_LIBRARIES})
target_include_directories(ptop_tui SYSTEM PRIVATE ${CURSES_INCLUDE_DIRS})
ptop_settings(ptop_tui)
