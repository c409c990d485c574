# Libraries from the distribution; each is used by the room named beside it and by no other.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)             # everywhere
find_package(tl-expected REQUIRED)     # base: Result
find_package(RapidJSON REQUIRED)       # model, render
find_package(CLI11 REQUIRED)           # the two programs
set(CURSES_NEED_WIDE TRUE)
find_package(Curses REQUIRED)          # src/ptop only

# toml++ as headers: a library to load would cost `ptop ps` more than the parser does.
find_path(TOMLPLUSPLUS_INCLUDE_DIR toml++/toml.h REQUIRED)   # src/ptop/screen/settings_reader.cpp only

if(NOT TARGET rapidjson)
  add_library(ptop_rapidjson INTERFACE)
  target_include_directories(ptop_rapidjson SYSTEM INTERFACE ${RapidJSON_INCLUDE_DIRS} ${RAPIDJSON_INCLUDE_DIRS})
else()
  add_library(ptop_rapidjson ALIAS rapidjson)
endif()
