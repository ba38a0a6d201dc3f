#pragma once
#include <git2.h>
#include <git2/sys/repository.h>

/* git_libgit2_opts() is variadic, which Swift cannot import. */
/* Writes objects and references through to the disk before they count. */
static inline int registrar_git_set_fsync(int on) {
  return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, on);
}

static inline int registrar_git_set_owner_validation(int on) {
  return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, on);
}
static inline int registrar_git_set_strict_hash_verification(int on) {
  return git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, on);
}
static inline int registrar_git_set_extensions(const char **names, size_t count) {
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

/* A store of objects with an owner that reads them. */
#include <git2/odb_backend.h>
#include <git2/sys/odb_backend.h>
typedef struct {
  git_odb_backend parent;
  void *owner;
} registrar_git_backend;
