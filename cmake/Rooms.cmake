# ptop_room(NAME SOURCES… USES rooms…): one static library per room, linked against the rooms it may use.
# ptop_settings(target): warnings and sanitizers, for every target of ours.

find_program(PTOP_CCACHE ccache)
if(PTOP_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PTOP_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${PTOP_CCACHE})
endif()

function(ptop_settings target)
  target_compile_options(${target} PRIVATE -UNDEBUG)   # assert() stays in release builds
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-missing-field-initializers)
  if(PTOP_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
  if(PTOP_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${PTOP_SANITIZE} -fno-omit-frame-pointer -g1)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)   # false alarms in instrumented code
    else()
      target_compile_options(${target} PRIVATE -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/tests/fuzz/not_checked.txt)
    endif()
    target_link_options(${target} PRIVATE -fsanitize=${PTOP_SANITIZE})
    if(PTOP_FUZZ)
      # A report that does not end the run is one that nobody reads.
      target_compile_options(${target} PRIVATE -fno-sanitize-recover=all
        -fsanitize-coverage-ignorelist=${PROJECT_SOURCE_DIR}/tests/fuzz/not_measured.txt)
    endif()
  endif()
endfunction()

function(ptop_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_library(ptop_${name} STATIC ${ROOM_SOURCES})
  add_library(ptop::${name} ALIAS ptop_${name})
  target_include_directories(ptop_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  foreach(room IN LISTS ROOM_USES)
    target_link_libraries(ptop_${name} PUBLIC ptop_${room})
  endforeach()
  target_link_libraries(ptop_${name} PUBLIC ${ROOM_LIBRARIES})
  ptop_settings(ptop_${name})
  set_property(GLOBAL APPEND PROPERTY PTOP_ROOMS ptop_${name})
  set_property(GLOBAL APPEND PROPERTY PTOP_ROOM_LIBRARIES ${ROOM_LIBRARIES})   # for the installed library
endfunction()
