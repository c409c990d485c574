# Everything about one process as a page.
target_sources(ptop_render PRIVATE page.cpp show.cpp show_lines.cpp show_headline.cpp show_family.cpp show_program.cpp
  show_state.cpp show_user.cpp show_resources.cpp show_files.cpp show_signals.cpp show_places.cpp show_threads.cpp show_maps.cpp show_use.cpp show_whole.cpp show_cgroup.cpp show_stacks.cpp)
